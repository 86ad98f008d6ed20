"""A server that speaks S3, for tests: moto, with a bucket, an account that may use it and nobody else.

Prints `ready at ADDRESS KEY_ID KEY` and ends with its standard input. The bucket is called `rooms`.
"""

import logging
import sys

import boto3
import requests
from moto.server import ThreadedMotoServer

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer(ip_address="127.0.0.1", port=int(sys.argv[1]) if len(sys.argv) > 1 else 0, verbose=False)
server.start()
address = "http://%s:%d" % server.get_host_and_port()
at = {"endpoint_url": address, "region_name": "us-east-1"}
anybody = {"aws_access_key_id": "anybody", "aws_secret_access_key": "anybody"}
boto3.client("s3", **at, **anybody).create_bucket(Bucket="rooms")
accounts = boto3.client("iam", **at, **anybody)
accounts.create_user(UserName="greenroom")
accounts.put_user_policy(
    UserName="greenroom",
    PolicyName="files",
    PolicyDocument='{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}',
)
key = accounts.create_access_key(UserName="greenroom")["AccessKey"]
# From now on who has no such key is refused.
requests.post(address + "/moto-api/reset-auth", data=b"0", timeout=10).raise_for_status()
print("ready at", address, key["AccessKeyId"], key["SecretAccessKey"], flush=True)
sys.stdin.read()
server.stop()
