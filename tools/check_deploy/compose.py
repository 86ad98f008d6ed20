"""Several nodes with Compose: the file has its form, and each service finds what it names."""

import re

import compose_spec

import program
from common import COMPOSE, DEPLOY, read

# Where images of others listen.
PORTS = {"postgres": 5432, "redis": 6379, "minio/minio": 9000, "prom/prometheus": 9090, "grafana/grafana": 3000}


def problems():
    text = COMPOSE.read_text()
    document = read(COMPOSE)
    try:
        compose_spec.ComposeSpecification.model_validate(strip_extensions(document))
    except ValueError as error:
        yield f"compose.yaml: {error}"
    services = document["services"]
    for name, service in services.items():
        yield from (f"compose.yaml: {name} {problem}" for problem in mounts(service, document["volumes"]))
        for other in service.get("depends_on", []):
            if other not in services:
                yield f"compose.yaml: {name} waits for {other}, which is not there"
    yield from (f"compose.yaml: {problem}" for problem in disks(services))
    for name, value in calls(services):
        yield from (f"compose.yaml: {problem}" for problem in reached(services, name, value))
    for name in nodes(services):
        yield from (f"compose.yaml: {name}: {problem}" for problem in program.unknown(services[name]["environment"]))
    wanted = set(re.findall(r"(?<!\$)\$\{(\w+)", text))
    told = set(re.findall(r"^(\w+)=", (COMPOSE.parent / ".env.example").read_text(), re.M))
    for name in sorted(wanted ^ told):
        yield f"compose.yaml and .env.example differ in {name}"


def strip_extensions(document):
    return {key: value for key, value in document.items() if not key.startswith("x-")}


def nodes(services):
    """Names of those that serve: of our image, with no command of their own."""
    return [name for name, service in services.items() if "build" in service and "command" not in service]


def mounts(service, volumes):
    for volume in service.get("volumes", []):
        source = volume.split(":")[0]
        made = source == "./tls"
        if not source.startswith("."):
            if source not in volumes:
                yield f"mounts the volume {source}, which is not there"
        elif not made and not (COMPOSE.parent / source).exists():
            yield f"mounts {source}, which is not there"
    for path in re.findall(r"--config[.\w]*=(/\S+?)(?:'|$)", "\n".join(service.get("command", [])), re.M):
        if not (place := outside(service, path)) or not place.is_file():
            yield f"reads {path}, which is not mounted"


def outside(service, path):
    """Where a path inside of a container lies here; None where nothing of ours is mounted."""
    for volume in service.get("volumes", []):
        source, target, *_ = volume.split(":")
        if source.startswith(".") and (path == target or path.startswith(f"{target}/")):
            return COMPOSE.parent / source / path.removeprefix(target).lstrip("/")
    return None


def disks(services):
    """A node that holds lines needs a data directory of its own that survives its restart (ADR 24)."""
    taken = {}
    for name in nodes(services):
        at_data = [volume.split(":")[0] for volume in services[name].get("volumes", []) if volume.split(":")[1] == "/data"]
        in_memory = any(place.split(":")[0] == "/data" for place in services[name].get("tmpfs", []))
        if len(at_data) != 1 or at_data[0].startswith(".") or in_memory:
            yield f"what {name} keeps in /data is not on a volume"
        elif (other := taken.setdefault(at_data[0], name)) != name:
            yield f"{name} shares its volume with {other}"


def calls(services):
    """Who names which addresses."""
    for name, service in services.items():
        for value in service.get("environment", {}).values():
            yield name, re.sub(r"\$\{[^}]*\}", "x", value)
    for job in read(DEPLOY / "prometheus" / "prometheus.yml")["scrape_configs"]:
        for target in (target for group in job["static_configs"] for target in group["targets"]):
            yield "prometheus", f"http://{target}"
    for source in read(DEPLOY / "grafana" / "provisioning" / "datasources" / "prometheus.yaml")["datasources"]:
        yield "grafana", source["url"]


def reached(services, name, text):
    """Hosts in the text are services in a network that `name` is in, and listen there."""
    for host, port in re.findall(r"(?:://(?:[^@/\s]*@)?|\bserver )([a-z][\w-]*):(\d+)", text):
        other = services.get(host)
        if not other or not set(other["networks"]) & set(services[name]["networks"]):
            yield f"{name} calls {host}, which it does not reach"
        elif int(port) not in listens(other):
            yield f"{name} calls {host} at port {port}, where it does not listen"


def listens(service):
    if "build" in service:
        image = re.search(r"GREENROOM__SERVER__LISTEN=\S+:(\d+)", (DEPLOY / "Dockerfile").read_text())
        own = service["environment"].get("GREENROOM__SERVER__METRICS_LISTEN", ":0")
        return {int(image[1]), int(own.rsplit(":", 1)[1])}
    image = service["image"].split(":")[0]
    if image.startswith("otel/"):
        protocols = read(DEPLOY / "otel" / "collector.yaml")["receivers"]["otlp"]["protocols"].values()
        return {int(protocol["endpoint"].rsplit(":", 1)[1]) for protocol in protocols}
    return {PORTS[image]} if image in PORTS else set()
