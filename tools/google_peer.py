"""A server that speaks as Google Cloud Storage does to XML clients, for tests: that is S3's language with Google's
accounts and conditions, so moto answers behind a gate that knows those.

Prints `ready at ADDRESS EMAIL FILE`, FILE with the service account that may use the bucket `rooms`, and ends with its
standard input. Beside that file lies `stranger.json`: the same account by a key that the server does not know.
"""

import base64
import json
import logging
import sys
import tempfile
import threading
import time
from pathlib import Path

import boto3
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

EMAIL = "greenroom@example.iam.gserviceaccount.com"
SCOPES = {"https://www.googleapis.com/auth/" + scope for scope in ("devstorage.full_control", "cloud-platform")}


def account(path: Path):
    """Writes a service account as Google's console gives it. Its public key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    fields = {
        "type": "service_account",
        "client_email": EMAIL,
        "private_key_id": "1",
        "private_key": pem.decode(),
    }
    path.write_text(json.dumps(fields))
    return key.public_key()


def unpacked(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def is_known(header: str, key) -> bool:
    """Whether it is a token that the account signed for itself, for storage, and not too long ago."""
    try:
        scheme, token = header.split(" ")
        signed, signature = token.rsplit(".", 1)
        key.verify(unpacked(signature), signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        claims = json.loads(unpacked(signed.split(".")[1]))
    except (ValueError, InvalidSignature):
        return False
    at = time.time()
    is_now = claims["iat"] <= at + 60 and at < claims["exp"] <= claims["iat"] + 3600
    return scheme == "Bearer" and claims["iss"] == EMAIL and claims["scope"] in SCOPES and is_now


def gate(storage, key):
    def answer(environ, start):
        if not is_known(environ.pop("HTTP_AUTHORIZATION", ""), key):
            start("401 Unauthorized", [("Content-Type", "application/xml"), ("Connection", "close")])
            return [b"<Error><Code>AuthenticationRequired</Code></Error>"]
        # Behind the gate everybody is let in who says who they are.
        environ["HTTP_AUTHORIZATION"] = "AWS anybody:anything"
        # Generation 0 is that of what is not there.
        if environ.pop("HTTP_X_GOOG_IF_GENERATION_MATCH", None) == "0":
            environ["HTTP_IF_NONE_MATCH"] = "*"
        return storage(environ, start)

    return answer


def main():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    storage = DomainDispatcherApplication(create_backend_app)
    with tempfile.TemporaryDirectory() as folder:
        ours, stranger = Path(folder) / "account.json", Path(folder) / "stranger.json"
        key = account(ours)
        account(stranger)
        behind = make_server("127.0.0.1", 0, storage, threaded=True)
        threading.Thread(target=behind.serve_forever, daemon=True).start()
        anybody = {"aws_access_key_id": "anybody", "aws_secret_access_key": "anybody", "region_name": "us-east-1"}
        boto3.client("s3", endpoint_url=f"http://127.0.0.1:{behind.port}", **anybody).create_bucket(Bucket="rooms")
        behind.shutdown()
        server = make_server("127.0.0.1", 0, gate(storage, key), threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print("ready at", f"http://127.0.0.1:{server.port}", EMAIL, ours, flush=True)
        sys.stdin.read()
        server.shutdown()


main()
