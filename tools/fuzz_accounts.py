"""Waits for the server, makes two people who must not see each other's things, signs the administrator in, and writes
how each signs in.

Usage: fuzz_accounts.py BASE_URL FILE
"""

import json
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

# A new guest for every sign-in.
GUEST = {
    "name": "guest",
    "loginEndpointAuth": {
        "endpoint": "/api/users/guest",
        "verb": "POST",
        "expectCookies": False,
        "token": {
            "extractFrom": "body",
            "extractSelector": "/access_token",
            "sendIn": "header",
            "sendName": "Authorization",
            "sendTemplate": "Bearer {token}",
        },
    },
}


def wait_until_ready(base: str) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            urllib.request.urlopen(f"{base}/readyz", timeout=2).close()
            return
        except (urllib.error.URLError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def sign_in(base: str, name: str, way: str) -> dict:
    """By `register` as somebody new, or by `login` as somebody who is there."""
    account = {"email": f"{name}@example.com", "password": "a quiet green room"}
    if way == "register":
        account["name"] = name
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{base}/api/users/{way}", json.dumps(account).encode(), headers)
    with urllib.request.urlopen(request, timeout=10) as response:
        token = json.load(response)["access_token"]
    return {"name": name, "fixedHeaders": [{"name": "Authorization", "value": f"Bearer {token}"}]}


def main() -> None:
    base, accounts = sys.argv[1], Path(sys.argv[2])
    wait_until_ready(base)
    entries = [sign_in(base, "ada", "register"), sign_in(base, "grace", "register"), sign_in(base, "root", "login"), GUEST]
    accounts.write_text(json.dumps({"auth": entries}))


if __name__ == "__main__":
    main()
