"""One application with several athletes: their rows are kept apart, and an account that fails never stops the next."""

from activities import source_activities, warehouse_activities
from paceline_local.stack import SOURCE
from stacks import NewStack

CREDENTIALS_REFUSED = 77


def test_two_accounts_are_kept_apart(new_stack: NewStack) -> None:
    stack = new_stack(athletes=2)
    stack.extract().or_fail("extract")
    stack.load().or_fail("load")
    accounts = list(stack.athletes())
    assert len(accounts) == 2
    for account in accounts:
        assert warehouse_activities(stack, account) == source_activities(stack, account)
    loaded = {row[0] for row in stack.warehouse.rows("select distinct _account from strava.athletes")}
    assert loaded == set(accounts)


def test_an_account_whose_consent_was_withdrawn_does_not_stop_the_other(new_stack: NewStack) -> None:
    stack = new_stack(athletes=2)
    refused, fine = stack.athletes()
    (stack.variant.tokens / f"{SOURCE}-{refused}.json").write_text('{"refresh_token":"revoked"}')
    outcome = stack.extract()
    assert outcome.exit_code == CREDENTIALS_REFUSED, outcome.log.read_text()
    stack.load().or_fail("load")
    assert warehouse_activities(stack, fine) == source_activities(stack, fine)
    assert warehouse_activities(stack, refused) == {}
