"""Writes what the program is made of as CycloneDX 1.6: crates that are compiled in, packages of the web app.

Usage: sbom.py [FILE]. The same commit gives the same bytes. Crates are those of a release for 64-bit Linux
(SBOM_TARGET for another), without what only tests and builds need.
"""

import json
import os
import re
import subprocess
import sys
import tomllib
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
TARGET = os.environ.get("SBOM_TARGET", "x86_64-unknown-linux-gnu")
PROGRAM = "greenroom"
# Names of licences as SPDX writes expressions; Cargo still takes the old form with a slash.
SLASH = re.compile(r"\s*/\s*")


def run(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def licences(expression: str | None) -> dict:
    """The field `licenses`, or nothing where none is named."""
    if not expression:
        return {}
    return {"licenses": [{"expression": SLASH.sub(" OR ", expression)}]}


def reached(nodes: dict[str, dict], start: str) -> set[str]:
    """What is compiled into `start`: without dependencies of tests and of build scripts."""
    seen, waiting = set(), [start]
    while waiting:
        package = waiting.pop()
        if package in seen:
            continue
        seen.add(package)
        waiting += used(nodes[package])
    return seen


def used(node: dict) -> list[str]:
    return [dep["pkg"] for dep in node["deps"] if any(kind["kind"] is None for kind in dep["dep_kinds"])]


def crates() -> tuple[dict, list[dict], list[dict]]:
    """The program itself, the crates in it, and who uses whom."""
    arguments = ("--format-version", "1", "--locked", "--filter-platform", TARGET)
    metadata = json.loads(run("cargo", "metadata", *arguments))
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    lock = tomllib.loads((ROOT / "Cargo.lock").read_text())["package"]
    sums = {(one["name"], one["version"]): one.get("checksum") for one in lock}
    start = next(id for id, package in packages.items() if package["name"] == PROGRAM)
    inside = reached(nodes, start)
    refs = {id: f"pkg:cargo/{packages[id]['name']}@{packages[id]['version']}" for id in inside}
    components = [crate(packages[id], refs[id], sums) for id in inside]
    edges = [
        {"ref": refs[id], "dependsOn": sorted({refs[other] for other in used(nodes[id])})} for id in inside
    ]
    own = next(component for component in components if component["name"] == PROGRAM)
    own["type"] = "application"
    return own, [component for component in components if component is not own], edges


def crate(package: dict, ref: str, sums: dict) -> dict:
    name, version = package["name"], package["version"]
    checksum = sums.get((name, version))
    hashes = {"hashes": [{"alg": "SHA-256", "content": checksum}]} if checksum else {}
    return {
        "type": "library",
        "bom-ref": ref,
        "name": name,
        "version": version,
        "purl": ref,
        **hashes,
        **licences(package["license"]),
    }


def web() -> Iterator[dict]:
    """Packages that the web app ships to browsers."""
    lock = json.loads((ROOT / "web/package-lock.json").read_text())
    for path, package in lock["packages"].items():
        if path and not any(package.get(mark) for mark in ("dev", "devOptional", "optional")):
            name = path.rpartition("node_modules/")[2]
            ref = f"pkg:npm/{quote(name, safe='/')}@{package['version']}"
            yield {
                "type": "library",
                "bom-ref": ref,
                "name": name,
                "version": package["version"],
                "purl": ref,
                **licences(package.get("license")),
            }


def document() -> dict:
    own, components, edges = crates()
    packages = list(web())
    edges += [{"ref": package["bom-ref"], "dependsOn": []} for package in packages]
    for edge in edges:
        if edge["ref"] == own["bom-ref"]:
            edge["dependsOn"] = sorted(edge["dependsOn"] + [package["bom-ref"] for package in packages])
    body = {
        "metadata": {"component": own, "properties": [{"name": "target", "value": TARGET}]},
        "components": sorted(components + packages, key=lambda one: one["bom-ref"]),
        "dependencies": sorted(edges, key=lambda one: one["ref"]),
    }
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(body, sort_keys=True))
    head = {"bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": f"urn:uuid:{serial}", "version": 1}
    return head | body


def main() -> None:
    text = json.dumps(document(), indent=1, ensure_ascii=False) + "\n"
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(text)
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
