"""Where the files are, and how they are read."""

import pathlib

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DEPLOY = ROOT / "deploy"
COMPOSE = DEPLOY / "compose" / "compose.yaml"


def read(path):
    return yaml.safe_load(path.read_text())
