"""`greenroom score`, as anybody would call it."""

import json
import subprocess


def score(binary, requests):
    """What the program says of each request (question, answer, and reference or key_points), in order."""
    lines = "".join(json.dumps({"id": str(at), **request}) + "\n" for at, request in enumerate(requests))
    output = subprocess.run([str(binary), "score"], input=lines, capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in output.splitlines()]


def share(result):
    """Not assessed lies below every share, and counts as none."""
    return result["score"] or 0.0
