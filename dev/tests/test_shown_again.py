"""What an athlete hides and shows again comes back whole, with all that was read of it, and nobody has to be asked."""

import pytest
from athletes import Athlete, AthletePool
from calls import DETAIL, STREAMS
from snapshots import assert_complete
from stacks import NewStack

UNUSABLE = 65
NO_VERIFICATION = ("--verify-calls", "0")


@pytest.fixture
def newcomer(athlete_pool: AthletePool) -> Athlete:
    return athlete_pool.newcomer()


def test_an_activity_shown_again_gets_its_details_and_streams_though_a_run_without_them_saw_it_go(newcomer: Athlete) -> None:
    newcomer.extract().or_fail("extract")
    recorded = next(id_ for id_, record in newcomer.activities().items() if not record["manual"])
    newcomer.control("POST", f"activities/{recorded}/hide")
    newcomer.extract("--streams=activities", *NO_VERIFICATION).or_fail("extract")
    for stream in ("activities", "activity_details", "activity_streams"):
        assert (recorded,) not in newcomer.lake()[stream]

    newcomer.control("POST", f"activities/{recorded}/show")
    made = newcomer.run(*NO_VERIFICATION)
    assert (made.get(DETAIL), made.get(STREAMS)) == (1, 1)
    assert_complete(newcomer.stack, newcomer.account)


def test_a_half_that_was_hidden_and_is_shown_again_on_the_same_day_needs_nobodys_word(new_stack: NewStack) -> None:
    stack = new_stack("--activities", "60")
    ((account, athlete),) = stack.athletes().items()
    stack.extract().or_fail("extract")
    listed = [activity["id"] for activity in stack.sandbox.control("GET", f"athletes/{athlete['id']}/activities")]
    for activity in listed[::2]:
        stack.sandbox.control("POST", f"activities/{activity}/hide")
    doubtful = stack.extract(*NO_VERIFICATION)
    assert doubtful.exit_code == UNUSABLE, doubtful.log.read_text()

    for activity in listed[::2]:
        stack.sandbox.control("POST", f"activities/{activity}/show")
    stack.extract(*NO_VERIFICATION).or_fail("extract")
    assert_complete(stack, account)
