"""A lake on S3 gives the same data as one of files; the S3 server is moto, started by the test."""

from paceline_local.stack import Stack
from stacks import NewDatabase, NewStack
from tables import NAMED_BY_PROMISE_2, content, rows_in

CONFIGURATION = 78


def test_a_store_and_an_api_on_loopback_are_not_called_through_a_proxy(
    new_stack: NewStack, s3: dict[str, str], behind_a_proxy: None
) -> None:
    """Nothing listens where the proxy is said to be, neither by the variables nor by the properties of the JVM."""
    stack = new_stack("--activities", "3")
    stack.extract(**s3).or_fail("extract")
    stack.load(**s3).or_fail("load")
    assert stack.warehouse.rows("select count(*) from strava.activities") == [(3,)]


def test_a_lake_on_s3_gives_the_same_rows_as_one_of_files(
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
    commits = first["accounts"][0]["commits"]
    assert commits == [*range(1, len(commits) + 1)]
    assert len(commits) > 1
    assert again["accounts"][0]["commits"] == []


def test_a_warehouse_is_filled_from_one_lake(new_stack: NewStack, s3: dict[str, str]) -> None:
    stack = new_stack()
    stack.extract().or_fail("extract")
    stack.load().or_fail("load")
    loaded = content(stack.warehouse, "strava")

    nowhere = stack.load(**s3)
    assert nowhere.exit_code == CONFIGURATION
    assert "there is no lake" in nowhere.errors()[0]["what"]

    stack.extract(**s3).or_fail("extract")
    another = stack.load(**s3)
    assert another.exit_code == CONFIGURATION
    for lake in (stack.load("status"), stack.load("status", **s3)):
        assert lake.report["lake"] in another.errors()[0]["what"]
    assert content(stack.warehouse, "strava") == loaded
