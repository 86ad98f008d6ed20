"""The image: hadolint reads the Dockerfile, and what it copies must be there."""

import pathlib
import re
import subprocess
import sys

from common import DEPLOY, ROOT


def problems():
    tool = pathlib.Path(sys.executable).parent / "hadolint"
    done = subprocess.run([tool, DEPLOY / "Dockerfile"], capture_output=True, text=True)
    yield from done.stdout.splitlines()
    text = (DEPLOY / "Dockerfile").read_text()
    for path in re.findall(r"^COPY (?!--from)(\S+)", text, re.M):
        if not (ROOT / path).exists():
            yield f"Dockerfile copies {path}, which is not there"
    # A volume that is made anew gets the owner that the folder has where VOLUME stands.
    before = text.split("VOLUME /data")[0]
    if f"--uid {user()} " not in before or "install -d -o greenroom -g greenroom -m 0700 /data" not in before:
        yield f"Dockerfile: /data does not belong to the user {user()} before it is a volume"


def user():
    """Who the program runs as."""
    return int(re.search(r"^USER (\d+):\1$", (DEPLOY / "Dockerfile").read_text(), re.M)[1])
