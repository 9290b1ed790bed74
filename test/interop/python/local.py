"""What the Python clients share: clients that cannot reach AWS, and checks reported as TAP."""

import json
import sys
import traceback
from urllib.parse import urlparse

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = sys.argv[1]
assert urlparse(ENDPOINT).hostname == "127.0.0.1", f"{ENDPOINT} is not on this machine"


def refuse_strangers(request, **_):
    """A last fence: botocore resolves endpoints by rules of its own."""
    if urlparse(request.url).hostname != "127.0.0.1":
        raise RuntimeError(f"a request for {request.url} was stopped")


def client(service, **config):
    made = boto3.client(
        service,
        endpoint_url=ENDPOINT,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(
            retries={"max_attempts": 0}, read_timeout=15, connect_timeout=5, inject_host_prefix=False, **config
        ),
    )
    made.meta.events.register("before-send", refuse_strangers)
    return made


def check(name, act):
    """One line of TAP for what `act` does; answers what it answers, or None."""
    try:
        answer = act()
        print(f"ok - {name}")
        return answer
    except Exception as error:  # every failure is a line, and the next check goes on
        where = traceback.extract_tb(error.__traceback__)[-1]
        print(f"not ok - {name}: {type(error).__name__}: {error} (line {where.lineno})".replace("\n", " "))
        return None


def code_of(act):
    """`status Code` of a refusal."""
    try:
        act()
    except ClientError as error:
        response = error.response
        return f"{response['ResponseMetadata']['HTTPStatusCode']} {response['Error']['Code']}"
    raise AssertionError("it was not refused")


def same(found, wanted):
    assert found == wanted, f"{json.dumps(found, default=str)} is not {json.dumps(wanted, default=str)}"
