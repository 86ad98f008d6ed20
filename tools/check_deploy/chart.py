"""Kubernetes: Helm renders the chart with several settings, and the schemas of Kubernetes read what comes out."""

import re

import helm_python
import kubernetes_validate
import yaml

import image
import watching
from chart_settings import REFUSED, SETTINGS
from common import DEPLOY, read

CHART = DEPLOY / "helm" / "greenroom"
KUBERNETES = ["1.29", "1.33"]
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


def problems():
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
    if pod["securityContext"]["runAsUser"] != image.user() or pod["securityContext"]["fsGroup"] != image.user():
        yield f"its disk does not belong to the user {image.user()} of the image"
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
        if document["kind"] == "PodMonitor" and jobs(spec) != [watching.alerted()] * len(spec["podMetricsEndpoints"]):
            yield f"{called(document)}: alerts.yml asks for the jobs {sorted(watching.alerted())}"


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
