"""Holds what is under deploy/ against the tools that will read it.

hadolint reads the Dockerfile, the Compose specification compose.yaml, Helm renders the chart with several settings and
the schemas of Kubernetes read what comes out, systemd reads the unit, nginx its configuration. Every variable that is
set for our program must be a setting that it knows.

Usage: check_deploy.py PROGRAM     (PROGRAM: a built `greenroom`)
Exit status 1 and a line for each problem.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import compose_spec
import helm_python
import kubernetes_validate
import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
CHART = DEPLOY / "helm" / "greenroom"
KUBERNETES = ["1.29", "1.33"]

# The least that the chart wants to be told.
LEAST = {
    "database": {"url": "postgres://greenroom:secret@db:5432/greenroom"},
    "redis": {"url": "redis://redis:6379"},
    "objects": {"url": "s3://greenroom"},
}
SETTINGS = {
    "least": LEAST,
    "secrets of one's own": {
        "database": {"existingSecret": "db"},
        "redis": {"existingSecret": "redis"},
        "objects": {"url": "az://greenroom/files", "existingSecret": "files"},
        "keys": {"existingSecret": "keys"},
        "settings": {"RUST_LOG": "info"},
        "settingsFrom": [{"secretRef": {"name": "models"}}],
        "image": {"repository": "registry.example.org/greenroom", "tag": "1", "pullSecrets": [{"name": "pull"}]},
    },
    "fixed size": LEAST
    | {
        "web": {"replicas": 2, "autoscaling": {"enabled": False}},
        "worker": {"replicas": 1, "autoscaling": {"enabled": False}},
        "ingress": {"enabled": False},
        "networkPolicy": {"enabled": False},
    },
    "sound by WebRTC": LEAST | {"voice": {"webrtc": {"enabled": True, "hostPort": 40001, "address": "203.0.113.7"}}},
    "watched": LEAST | {"serviceMonitor": {"enabled": True}},
}
REFUSED = {
    "no database": {"redis": LEAST["redis"], "objects": LEAST["objects"]},
    "no storage of files": {"database": LEAST["database"], "redis": LEAST["redis"]},
    "an unknown key": LEAST | {"databse": {}},
    "no replicas": LEAST | {"web": {"replicas": 0}},
}
# Kinds of others, whose schemas do not come with Kubernetes.
FOREIGN = {"PodMonitor"}


def dockerfile():
    tool = pathlib.Path(sys.executable).parent / "hadolint"
    done = subprocess.run([tool, DEPLOY / "Dockerfile"], capture_output=True, text=True)
    yield from done.stdout.splitlines()
    named = re.findall(r"^COPY (?!--from)(\S+)", (DEPLOY / "Dockerfile").read_text(), re.M)
    for path in named:
        if not (ROOT / path).exists():
            yield f"Dockerfile copies {path}, which is not there"


def compose():
    path = DEPLOY / "compose" / "compose.yaml"
    text = path.read_text()
    document = yaml.safe_load(text)
    try:
        compose_spec.ComposeSpecification.model_validate(strip_extensions(document))
    except ValueError as error:
        yield f"compose.yaml: {error}"
    for name, service in document["services"].items():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            made = source == "./tls"
            if source.startswith(".") and not made and not (path.parent / source).exists():
                yield f"compose.yaml: {name} mounts {source}, which is not there"
        for other in service.get("depends_on", []):
            if other not in document["services"]:
                yield f"compose.yaml: {name} waits for {other}, which is not there"
    wanted = set(re.findall(r"(?<!\$)\$\{(\w+)", text))
    told = set(re.findall(r"^(\w+)=", (path.parent / ".env.example").read_text(), re.M))
    for name in sorted(wanted ^ told):
        yield f"compose.yaml and .env.example differ in {name}"


def strip_extensions(document):
    return {key: value for key, value in document.items() if not key.startswith("x-")}


def chart():
    for name, values in SETTINGS.items():
        report = helm_python.lint(CHART, values, strict=True, kube_version="v1.33.0")
        for message in report["messages"]:
            if message["severity"] >= 2:
                yield f"chart ({name}): {message['path']}: {message['error']}"
        for version in KUBERNETES:
            yield from (f"chart ({name}): {problem}" for problem in rendered(values, version))
    for name, values in REFUSED.items():
        try:
            render(values)
            yield f"chart: {name} is not refused"
        except helm_python.HelmError:
            pass


def render(values):
    with helm_python.Chart.load(CHART) as chart:
        chart.validate_schema(values)
        files = chart.render(values, name="greenroom", namespace="greenroom")
    yamls = [text for name, text in files.items() if name.endswith(".yaml")]
    return [document for text in yamls for document in yaml.safe_load_all(text) if document]


def rendered(values, version):
    documents = render(values)
    kinds = {document["kind"] for document in documents}
    for kind in {"Deployment", "Service", "PodDisruptionBudget", "Job", "ConfigMap"} - kinds:
        yield f"{kind} is missing"
    for document in documents:
        if document["kind"] in FOREIGN:
            continue
        try:
            kubernetes_validate.validate(document, version, strict=True)
        except kubernetes_validate.ValidationError as error:
            yield f"{document['kind']} {document['metadata']['name']}: {error.message}"


def unit():
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


def settings(program):
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


def main():
    program = sys.argv[1]
    problems = [*dockerfile(), *compose(), *chart(), *unit(), *settings(program)]
    print("\n".join(problems) if problems else "deploy: fine")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
