"""The workflow installs what the checks ask for."""

import pathlib
import re

from common import ROOT, read


def problems():
    """Whoever may not install what `make test` asks for finds it installed."""
    steps = read(ROOT / ".github" / "workflows" / "ci.yml")["jobs"]["test"]["steps"]
    commands = [step["run"] for step in steps if "run" in step]
    installed = {word for command in commands if "apt-get install" in command for word in command.split()}
    asking = [ROOT / "scripts" / name for name in ["prerequisites", "with-services", "check-alerts"]]
    text = "\n".join(path.read_text() for path in [*asking, *pathlib.Path(__file__).parent.glob("*.py")])
    for package in sorted(set(re.findall(r"(?:sudo apt-get install|\bfor_tests \S+) ([a-z][a-z0-9-]+)", text))):
        if package not in installed:
            yield f"ci.yml: {package} is not installed"
    if commands[-1] != "make test":
        yield "ci.yml: it does not end with make test"
