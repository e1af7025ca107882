"""The same data by way of S3 as by way of files; S3 is moto's, started by the test."""

import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator

import pytest
from paceline_local.places import CHECKOUT
from paceline_local.stack import Stack
from stacks import NewDatabase, NewStack
from tables import NAMED_BY_PROMISE_2, content, rows_in

SERVER = CHECKOUT / "dev" / "testing" / "src" / "main" / "resources" / "aws_server.py"


@pytest.fixture
def s3() -> Iterator[dict[str, str]]:
    """What points a process at an S3 with an empty bucket `lake`."""
    server = subprocess.Popen([sys.executable, SERVER], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert server.stdout is not None
        ready = re.fullmatch(r"ready (http://127\.0\.0\.1:\d+)\n", server.stdout.readline())
        assert ready, "the S3 server ended before it was ready"
        bucket = urllib.request.Request(f"{ready[1]}/lake", method="PUT")
        urllib.request.urlopen(bucket, timeout=30).close()
        yield {
            "PACELINE_LAKE": "s3://lake/some/prefix",
            "AWS_ENDPOINT_URL": ready[1],
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": "us-east-1",
        }
    finally:
        server.kill()
        server.communicate()


def test_a_lake_on_s3_brings_the_same_rows_as_one_of_files(
    new_stack: NewStack, new_database: NewDatabase, s3: dict[str, str]
) -> None:
    stack = new_stack()
    stack.extract().or_fail("extract")
    stack.load().or_fail("load")
    other = Stack(stack.tools, stack.variant, stack.sandbox, new_database())
    first = other.extract(**s3).or_fail("extract")
    other.load(**s3).or_fail("load")
    again = other.extract(**s3).or_fail("extract")

    assert content(other.warehouse, "strava") == content(stack.warehouse, "strava")
    assert rows_in(content(other.warehouse, "strava", ignoring=NAMED_BY_PROMISE_2)) > 100
    assert first["accounts"][0]["commits"] == [1]
    assert again["accounts"][0]["commits"] == []
