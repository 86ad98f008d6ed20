"""Render: the blueprint names what is there."""

import program
from common import ROOT, read


def problems():
    document = read(ROOT / "render.yaml")
    databases = {database["name"] for database in document["databases"]}
    for service in document["services"]:
        for key in ["dockerfilePath", "dockerContext"]:
            if not (ROOT / service[key]).exists():
                yield f"render.yaml: {service[key]} is not there"
        if not program.is_named(service["healthCheckPath"]):
            yield f"render.yaml: the program does not answer {service['healthCheckPath']}"
        variables = {variable["key"]: variable.get("value") for variable in service["envVars"]}
        asked = {variable["fromDatabase"]["name"] for variable in service["envVars"] if "fromDatabase" in variable}
        for name in sorted(asked - databases):
            yield f"render.yaml: there is no database {name}"
        # By this one Render is told where the program listens.
        if variables.pop("PORT") != variables["GREENROOM__SERVER__LISTEN"].rsplit(":", 1)[1]:
            yield "render.yaml: PORT is not where the program listens"
        yield from (f"render.yaml: {problem}" for problem in program.unknown(variables))
