"""What others read (Render, the collector of traces, Grafana) is held against deploy/forms.yaml."""

import jsonschema

from common import DEPLOY, ROOT, read


def problems():
    for name, schema in read(DEPLOY / "forms.yaml").items():
        for error in jsonschema.Draft202012Validator(schema).iter_errors(read(ROOT / name)):
            yield f"{name}: {error.json_path}: {error.message}"
