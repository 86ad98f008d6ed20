"""Holds what is under deploy/, render.yaml and the workflow against the tools that will read them.

hadolint reads the Dockerfile, the Compose specification compose.yaml, nginx its configuration, systemd the unit. Helm
renders the chart with several settings, and the schemas of Kubernetes read what comes out. What others read (Render, the
collector of traces, Grafana) is held against deploy/forms.yaml. Names that one file has of another must be there: hosts,
ports, files, volumes, labels. Every variable that is set for our program must be one that it knows. The rules of Prometheus
and its configuration are read by scripts/check-alerts.

Usage: check_deploy.py PROGRAM     (PROGRAM: a built `greenroom`)
Exit status 1 and a line for each problem.
"""

import functools
import json
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile

import compose_spec
import helm_python
import jsonschema
import kubernetes_validate
import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
CHART = DEPLOY / "helm" / "greenroom"
COMPOSE = DEPLOY / "compose" / "compose.yaml"
KUBERNETES = ["1.29", "1.33"]

# The least that the chart wants to be told.
LEAST = {
    "database": {"url": "postgres://greenroom:secret@db:5432/greenroom"},
    "redis": {"url": "redis://redis:6379"},
    "objects": {"url": "s3://greenroom"},
    "keys": {"existingSecret": "keys"},
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
    "a disk of another kind": LEAST | {"disk": {"size": "20Gi", "storageClass": "fast"}},
}
REFUSED = {
    "no database": {name: LEAST[name] for name in ("redis", "objects", "keys")},
    "no storage of files": {name: LEAST[name] for name in ("database", "redis", "keys")},
    "no keys": {name: LEAST[name] for name in ("database", "redis", "objects")},
    "an unknown key": LEAST | {"databse": {}},
    "no replicas": LEAST | {"web": {"replicas": 0}},
    "a disk without a size": LEAST | {"disk": {"size": "much"}},
}
# Kinds that are always there, and those that are there as long as a setting says so.
KINDS = {"StatefulSet", "Deployment", "Service", "PodDisruptionBudget", "Job", "ConfigMap"}
SWITCHED = {
    "HorizontalPodAutoscaler": ("web", "autoscaling"),
    "NetworkPolicy": ("networkPolicy",),
    "Ingress": ("ingress",),
    "PodMonitor": ("serviceMonitor",),
}
# Kinds of others, whose schemas do not come with Kubernetes.
FOREIGN = {"PodMonitor"}
# Where images of others listen.
PORTS = {"postgres": 5432, "redis": 6379, "minio/minio": 9000, "prom/prometheus": 9090, "grafana/grafana": 3000}


def read(path):
    return yaml.safe_load(path.read_text())


# The image


def dockerfile():
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


# Several nodes with Compose, and what watches them


def compose():
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
        yield from (f"compose.yaml: {name}: {problem}" for problem in unknown(services[name]["environment"]))
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


def watching():
    services = read(COMPOSE)["services"]
    jobs = read(DEPLOY / "prometheus" / "prometheus.yml")["scrape_configs"]
    targets = [target for job in jobs for group in job["static_configs"] for target in group["targets"]]
    if {target.split(":")[0] for target in targets} != set(nodes(services)):
        yield "prometheus.yml: these are not the nodes of compose.yaml"
    if {job["job_name"] for job in jobs} != alerted():
        yield f"prometheus.yml: alerts.yml asks for the jobs {sorted(alerted())}"
    yield from collector()
    yield from grafana(services["grafana"])


def alerted():
    """Names of jobs that the rules ask for."""
    return set(re.findall(r'\bjob="([^"]+)"', (DEPLOY / "prometheus" / "alerts.yml").read_text()))


def collector():
    document = read(DEPLOY / "otel" / "collector.yaml")
    pipelines = document["service"]["pipelines"].values()
    for kind in ["receivers", "processors", "exporters"]:
        used = {name for pipeline in pipelines for name in pipeline.get(kind, [])}
        for name in sorted(used ^ set(document.get(kind, {}))):
            yield f"collector.yaml: {kind}: {name} is not both set up and used"


def grafana(service):
    home = DEPLOY / "grafana"
    if outside(service, "/etc/grafana/provisioning") != COMPOSE.parent / "../grafana/provisioning":
        yield "compose.yaml: Grafana does not find what it is set up with"
    for provider in read(home / "provisioning" / "dashboards" / "greenroom.yaml")["providers"]:
        place = outside(service, provider["options"]["path"])
        if not place or not list(place.glob("*.json")):
            yield f"grafana: there are no dashboards at {provider['options']['path']}"
    known = {source["uid"] for source in read(home / "provisioning" / "datasources" / "prometheus.yaml")["datasources"]}
    for path in home.glob("dashboards/*.json"):
        for uid in sorted(sources(json.loads(path.read_text())) - known):
            yield f"{path.name}: there is no source of data {uid}"


def sources(node):
    """Sources of data that a dashboard names."""
    if isinstance(node, list):
        return set().union(*map(sources, node))
    if not isinstance(node, dict):
        return set()
    own = {node["datasource"]["uid"]} if isinstance(node.get("datasource"), dict) else set()
    return own.union(*map(sources, node.values()))


def nginx():
    path = DEPLOY / "nginx" / "greenroom.conf.template"
    told = read(COMPOSE)["services"]["proxy"]["environment"]
    asked = set(re.findall(r"\$\{(NGINX_\w+)\}", path.read_text()))
    for name in sorted(asked ^ {name for name in told if name.startswith("NGINX_")}):
        yield f"nginx: {path.name} and compose.yaml differ in {name}"
    if not shutil.which("nginx"):
        yield "nginx is missing; install it with: sudo apt-get install nginx-light"
        return
    with tempfile.TemporaryDirectory() as home:
        shutil.copy(COMPOSE.parent / "certificate", home)
        subprocess.run([f"{home}/certificate", "localhost"], capture_output=True, check=True)
        command = ["nginx", "-t", "-q", "-p", home, "-c", site(home, path, told)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            yield from (f"nginx: {line}" for line in done.stderr.splitlines())


def site(home, template, told):
    """Writes a configuration with the template, as the image of nginx fills it in, but for names that are not here."""
    here = {
        "NGINX_HTTP": f"127.0.0.1:{free_port()}",
        "NGINX_HTTPS": f"127.0.0.1:{free_port()}",
        "NGINX_CERTIFICATE": told["NGINX_CERTIFICATE"].replace("/etc/nginx", home),
        "NGINX_CERTIFICATE_KEY": told["NGINX_CERTIFICATE_KEY"].replace("/etc/nginx", home),
        "NGINX_SERVER_NAME": "localhost",
    }
    values = {name: re.sub(r"server \w+:", "server 127.0.0.1:", value) for name, value in told.items()} | here
    text = re.sub(r"\$\{(NGINX_\w+)\}", lambda found: values.get(found[1], ""), template.read_text())
    kept = "".join(f"{name}_temp_path {home}/{name};\n" for name in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"])
    path = pathlib.Path(home) / "nginx.conf"
    path.write_text(f"pid {home}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{kept}{text}}}\n")
    return path


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


# Kubernetes


def chart():
    for name, values in SETTINGS.items():
        report = helm_python.lint(CHART, values, strict=True, kube_version="v1.33.0")
        for message in report["messages"]:
            if message["severity"] >= 2:
                yield f"chart ({name}): {message['path']}: {message['error']}"
        documents = render(values)
        for problem in [*formed(documents), *complete(documents, values), *lasting(documents, values), *joined(documents)]:
            yield f"chart ({name}): {problem}"
        if render(values) != documents:
            yield f"chart ({name}): the same settings come out another way each time"
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


def formed(documents):
    for document in documents:
        for version in KUBERNETES:
            try:
                if document["kind"] not in FOREIGN:
                    kubernetes_validate.validate(document, version, strict=True)
            except kubernetes_validate.ValidationError as error:
                yield f"{called(document)} ({version}): {error.message}"


def called(document):
    return f"{document['kind']} {document['metadata']['name']}"


def complete(documents, values):
    usual = read(CHART / "values.yaml")
    kinds = {document["kind"] for document in documents}
    wanted = KINDS | {kind for kind, path in SWITCHED.items() if is_on(values, usual, path)}
    for kind in sorted(wanted - kinds):
        yield f"{kind} is missing"
    for kind in sorted((kinds & set(SWITCHED)) - wanted):
        yield f"{kind} is there, which was switched off"


def is_on(values, usual, path):
    for key in path:
        values, usual = values.get(key, {}), usual[key]
    return values.get("enabled", usual["enabled"])


def lasting(documents, values):
    """What must outlive an upgrade does: keys, and the disks of nodes that hold lines (ADR 24)."""
    for document in documents:
        hook = "helm.sh/hook" in document["metadata"].get("annotations", {})
        if hook and document["metadata"]["name"] != "greenroom-migrate":
            yield f"{called(document)} is a hook: Helm deletes it before it makes it anew"
        if document["kind"] == "Secret" and not set(document["stringData"].values()) <= told(values):
            yield f"{called(document)} holds what the settings do not say"
    for template in CHART.glob("templates/*"):
        if re.search(r'\blookup "', template.read_text()):
            yield f"{template.name} asks the cluster, which `helm template` cannot"
    for workload in workloads(documents):
        yield from (f"{called(workload)}: {problem}" for problem in disk(workload, values))


def told(node):
    """Every text in the settings."""
    nodes = node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
    return {node} if isinstance(node, str) else set().union(*map(told, nodes))


def workloads(documents):
    return [document for document in documents if document["kind"] in ("Deployment", "StatefulSet")]


def disk(workload, values):
    pod = workload["spec"]["template"]["spec"]
    container = pod["containers"][0]
    if pod["securityContext"]["runAsUser"] != user() or pod["securityContext"]["fsGroup"] != user():
        yield f"its disk does not belong to the user {user()} of the image"
    if "live" not in container["args"][-1].split(","):
        return
    name = next(mount["name"] for mount in container["volumeMounts"] if mount["mountPath"] == "/data")
    claims = [claim for claim in workload["spec"].get("volumeClaimTemplates", []) if claim["metadata"]["name"] == name]
    if not claims or any(volume["name"] == name for volume in pod["volumes"]):
        yield "what it keeps in /data is gone with the pod"
        return
    if any("version" in label or "chart" in label for label in claims[0]["metadata"].get("labels", {})):
        yield "the next version could not be installed: what claims a disk must never change"
    spec = claims[0]["spec"]
    made = {"size": spec["resources"]["requests"]["storage"], "storageClass": spec.get("storageClassName", "")}
    if made != read(CHART / "values.yaml")["disk"] | values.get("disk", {}):
        yield "its disk is not as the settings say"


def joined(documents):
    """Names that one object has of another."""
    there = {(document["kind"], document["metadata"]["name"]) for document in documents}
    pods = [workload["spec"]["template"] for workload in workloads(documents)]
    ports = {port["name"] for pod in pods for port in pod["spec"]["containers"][0]["ports"]}
    for workload in workloads(documents):
        name = workload["metadata"]["name"]
        headless = [other for other in documents if called(other) == f"Service {workload['spec'].get('serviceName')}"]
        if workload["kind"] == "StatefulSet" and (not headless or headless[0]["spec"].get("clusterIP") != "None"):
            yield f"{called(workload)} has no Service for the names of its pods"
        if ("HorizontalPodAutoscaler", name) not in there and not workload["spec"].get("replicas"):
            yield f"{called(workload)} has no size"
    for document in documents:
        spec = document.get("spec", {})
        scaled = spec.get("scaleTargetRef")
        if scaled and (scaled["kind"], scaled["name"]) not in there:
            yield f"{called(document)} scales {scaled['kind']} {scaled['name']}, which is not there"
        if document["kind"] in ("Service", "NetworkPolicy", "PodDisruptionBudget", "PodMonitor"):
            yield from (f"{called(document)} {problem}" for problem in chooses(document, pods))
        for port in sorted(named_ports(document) - ports):
            yield f"{called(document)} names the port {port}, which no pod has"
        if document["kind"] == "PodMonitor" and jobs(spec) != [alerted()] * len(spec["podMetricsEndpoints"]):
            yield f"{called(document)}: alerts.yml asks for the jobs {sorted(alerted())}"


def chooses(document, pods):
    selector = document["spec"].get("selector", document["spec"].get("podSelector"))
    labels = selector.get("matchLabels", selector)
    if not any(labels.items() <= pod["metadata"]["labels"].items() for pod in pods):
        yield "chooses no pod"


def named_ports(document):
    """Ports of pods that a Service, a NetworkPolicy or a PodMonitor names."""
    spec = document.get("spec", {})
    if document["kind"] == "Service":
        return {port["targetPort"] for port in spec["ports"]}
    if document["kind"] == "PodMonitor":
        return {endpoint["port"] for endpoint in spec["podMetricsEndpoints"]}
    rules = spec.get("ingress", []) if document["kind"] == "NetworkPolicy" else []
    return {port["port"] for rule in rules for port in rule["ports"] if isinstance(port["port"], str)}


def jobs(spec):
    """What each address that a PodMonitor reads is called in the label `job`."""
    return [
        {rule["replacement"] for rule in endpoint.get("relabelings", []) if rule["targetLabel"] == "job"}
        for endpoint in spec["podMetricsEndpoints"]
    ]


# One machine, Render, and what holds for all


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


def forms():
    for name, schema in read(DEPLOY / "forms.yaml").items():
        for error in jsonschema.Draft202012Validator(schema).iter_errors(read(ROOT / name)):
            yield f"{name}: {error.json_path}: {error.message}"


def blueprint():
    document = read(ROOT / "render.yaml")
    databases = {database["name"] for database in document["databases"]}
    for service in document["services"]:
        for key in ["dockerfilePath", "dockerContext"]:
            if not (ROOT / service[key]).exists():
                yield f"render.yaml: {service[key]} is not there"
        if not is_named(service["healthCheckPath"]):
            yield f"render.yaml: the program does not answer {service['healthCheckPath']}"
        variables = {variable["key"]: variable.get("value") for variable in service["envVars"]}
        asked = {variable["fromDatabase"]["name"] for variable in service["envVars"] if "fromDatabase" in variable}
        for name in sorted(asked - databases):
            yield f"render.yaml: there is no database {name}"
        # By this one Render is told where the program listens.
        if variables.pop("PORT") != variables["GREENROOM__SERVER__LISTEN"].rsplit(":", 1)[1]:
            yield "render.yaml: PORT is not where the program listens"
        yield from (f"render.yaml: {problem}" for problem in unknown(variables))


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


def workflow():
    """Whoever may not install what `make test` asks for finds it installed."""
    steps = read(ROOT / ".github" / "workflows" / "ci.yml")["jobs"]["test"]["steps"]
    commands = [step["run"] for step in steps if "run" in step]
    installed = {word for command in commands if "apt-get install" in command for word in command.split()}
    asking = [ROOT / "scripts" / name for name in ["prerequisites", "with-services", "check-alerts"]]
    text = "\n".join(path.read_text() for path in [*asking, pathlib.Path(__file__)])
    for package in sorted(set(re.findall(r"(?:sudo apt-get install|\bfor_tests \S+) ([a-z][a-z0-9-]+)", text))):
        if package not in installed:
            yield f"ci.yml: {package} is not installed"
    if commands[-1] != "make test":
        yield "ci.yml: it does not end with make test"


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
    # What does not have its form is not looked into.
    problems = [*forms()] or [*compose(), *watching(), *blueprint()]
    problems += [*dockerfile(), *nginx(), *chart(), *unit(), *settings(program), *workflow()]
    print("\n".join(problems) if problems else "deploy: fine")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
