"""Activities that an athlete hides and shows again come back complete, without any action by the user."""

from athletes import NO_VERIFICATION, Athlete
from calls import DETAIL, STREAMS
from snapshots import assert_complete
from stacks import NewStack

UNUSABLE = 65


def test_an_activity_shown_again_gets_details_and_streams_even_if_a_run_without_them_saw_it_disappear(newcomer: Athlete) -> None:
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


def test_half_of_the_activities_hidden_and_shown_again_on_the_same_day_need_no_confirmation(new_stack: NewStack) -> None:
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
