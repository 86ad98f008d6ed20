"""One machine: systemd reads the unit."""

import pathlib
import shutil
import subprocess
import tempfile

from common import DEPLOY


def problems():
    if not shutil.which("systemd-analyze"):
        yield "systemd-analyze is missing; install it with: sudo apt-get install systemd"
        return
    with tempfile.TemporaryDirectory() as home:
        # The program need not be installed where the unit will find it.
        text = (DEPLOY / "systemd" / "greenroom.service").read_text()
        path = pathlib.Path(home) / "greenroom.service"
        path.write_text(text.replace("/usr/local/bin/greenroom", "/bin/true"))
        done = subprocess.run(["systemd-analyze", "verify", "--man=no", path], capture_output=True, text=True)
        for line in done.stderr.splitlines():
            if "greenroom.service" in line:
                yield f"unit: {line}"
