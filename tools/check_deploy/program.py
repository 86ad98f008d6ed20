"""What is set for the program is what it knows: its settings, and the variables that stand in its sources."""

import functools
import json
import re
import subprocess

from common import DEPLOY, ROOT


def problems(program):
    schema = json.loads(subprocess.run([program, "config", "schema"], capture_output=True, check=True).stdout)
    known = set(keys(schema, schema, ()))
    for path in [*DEPLOY.rglob("*"), ROOT / "render.yaml"]:
        if path.is_file() and path.suffix != ".json":
            for name in set(re.findall(r"GREENROOM__[A-Z0-9_]+", path.read_text())) - {"GREENROOM__SECTION__KEY"}:
                key = tuple(name.removeprefix("GREENROOM__").lower().split("__"))
                if key not in known:
                    yield f"{path.relative_to(ROOT)}: there is no setting {'.'.join(key)}"


def keys(node, schema, path):
    if "$ref" in node:
        node = node | schema["$defs"][node["$ref"].rsplit("/", 1)[1]]
    yield path
    for name, child in node.get("properties", {}).items():
        yield from keys(child, schema, (*path, name))


def unknown(variables):
    """Variables that are no settings and stand nowhere in the program."""
    for name in variables:
        if not name.startswith("GREENROOM__") and not is_named(name):
            yield f"the program knows no variable {name}"


def is_named(name):
    return re.search(rf'["`]{re.escape(name)}["`]', sources_of_program()) is not None


@functools.cache
def sources_of_program():
    paths = [*ROOT.glob("crates/*/src/**/*.rs"), *ROOT.glob("crates/*/data/*.toml")]
    return "\n".join(path.read_text() for path in paths)
