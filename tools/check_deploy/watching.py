"""What watches the nodes of Compose: Prometheus, the collector of traces, Grafana."""

import json
import re

import compose
from common import COMPOSE, DEPLOY, read


def problems():
    services = read(COMPOSE)["services"]
    jobs = read(DEPLOY / "prometheus" / "prometheus.yml")["scrape_configs"]
    targets = [target for job in jobs for group in job["static_configs"] for target in group["targets"]]
    if {target.split(":")[0] for target in targets} != set(compose.nodes(services)):
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
    if compose.outside(service, "/etc/grafana/provisioning") != COMPOSE.parent / "../grafana/provisioning":
        yield "compose.yaml: Grafana does not find what it is set up with"
    for provider in read(home / "provisioning" / "dashboards" / "greenroom.yaml")["providers"]:
        place = compose.outside(service, provider["options"]["path"])
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
