"""Settings that the chart is rendered with, and those that it must refuse."""

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
