"""The report as one readable line."""

import json

import pytest
from paceline.report import describe, has_committed, last_report

EXTRACT = {
    "report": "extract",
    "step": "sync",
    "source": "strava",
    "commits": 2,
    "calls": 1207,
    "accounts": [
        {
            "account": "ann",
            "commits": [1, 2],
            "streams": {"activities": {"upserts": 1900, "deletes": 1, "unchanged": 4}},
            "status": "done",
        },
        {
            "account": "ben",
            "commits": [],
            "streams": {"activities": {"upserts": 4, "deletes": 0}, "athlete": {"upserts": 1}},
            "status": "done",
        },
    ],
    "status": "done",
    "exit": 0,
    "seconds": 12.345,
}
ERROR = {"doing": "Reading the token of ben", "what": "there is none", "remedy": "authorize ben"}
LOAD = {"report": "load", "step": "stage", "source": "strava", "load_id": 3, "status": "done", "exit": 0, "seconds": 1.0}
CHECKS = [{"name": "duplicates", "passed": True, "found": 0}, {"name": "volume", "passed": False, "found": 2400}]


@pytest.mark.parametrize(
    ("report", "line"),
    [
        (
            EXTRACT,
            "extract sync strava: done · activities 1,904 new or changed, 1 deleted · athlete 1 new or changed, 0 deleted"
            " · 1,207 calls · 2 commits · 12.3 s",
        ),
        (
            {**EXTRACT, "accounts": [{"account": "ben", "error": ERROR}], "calls": 1, "commits": 0, "status": "refused"},
            "extract sync strava: refused · 1 call · 0 commits · ben: Reading the token of ben: there is none; authorize ben"
            " · 12.3 s",
        ),
        (
            {**EXTRACT, "accounts": EXTRACT["accounts"][1:], "commits": 203, "left_out": 1180},
            "extract sync strava: done · activities 4 new or changed, 0 deleted · athlete 1 new or changed, 0 deleted"
            " · 1,180 more entries did not fit · 1,207 calls · 203 commits · 12.3 s",
        ),
        (
            {"report": "extract", "step": "sync", "source": "strava", "status": "try_again", "resume_at": "2026-11-21T12:15:00Z"},
            "extract sync strava: try again · resumes at 2026-11-21T12:15:00Z",
        ),
        ({**LOAD, "tables": {"activities": {"staged": 934}}}, "load stage strava: done · activities 934 staged · 1.0 s"),
        (
            {
                **LOAD,
                "tables": {"activities": {"staged": 1200}},
                "drift": {"activities": {"e": 9, "b": 1, "map.id": 1200, "a": 1}},
            },
            "load stage strava: done · activities 1,200 staged · activities without a column: map.id 1,200, e 9, a 1, and 1 more"
            " · 1.0 s",
        ),
        (
            {**LOAD, "drift": {"activities": {"x" * 99: 1}, "athletes": {"y": 2}}},
            f"load stage strava: done · activities without a column: {'x' * 40} 1 · athletes without a column: y 2 · 1.0 s",
        ),
        ({**LOAD, "tables": {}}, "load stage strava: done · nothing new · 1.0 s"),
        (
            {**LOAD, "step": "publish", "tables": {"activities": {"staged": 4, "inserted": 3, "updated": 1, "deleted": 0}}},
            "load publish strava: done · activities 3 inserted, 1 updated, 0 deleted · 1.0 s",
        ),
        ({**LOAD, "step": "check", "checks": CHECKS}, "load check strava: done · volume found 2,400 · 1.0 s"),
        ({**LOAD, "step": "check", "checks": CHECKS[:1]}, "load check strava: done · 1 check passed · 1.0 s"),
        ({**LOAD, "step": "discard", "discarded": True}, "load discard strava: done · staged rows discarded · 1.0 s"),
        ({**LOAD, "step": "discard", "discarded": False}, "load discard strava: done · nothing was staged · 1.0 s"),
        (
            {
                "report": "dbt",
                "step": "build",
                "passed": 46,
                "warned": 0,
                "failed": 1,
                "skipped": 0,
                "error": ERROR,
                "status": "unusable",
            },
            "dbt build: unusable · 46 models and tests passed, 1 failed · Reading the token of ben: there is none; authorize ben",
        ),
        (
            {
                "report": "dbt",
                "step": "build",
                "passed": 46,
                "dropped": ["column n of dwh.x, and with it view v"],
                "status": "done",
            },
            "dbt build: done · 46 models and tests passed · dropped column n of dwh.x, and with it view v",
        ),
    ],
)
def test_a_report_is_one_readable_line(report: dict, line: str) -> None:
    assert describe(report) == line


@pytest.mark.parametrize("shape", [{"checks": [{"name": "x", "passed": False}]}, {"seconds": "soon"}, {"error": "no object"}])
def test_a_report_of_an_unknown_shape_is_shown_unchanged(shape: dict) -> None:
    unknown = {"report": "load", "step": "check", **shape}
    assert describe(unknown) == f"load check: ended · {json.dumps(unknown)}"


def test_the_report_is_the_last_line_that_is_one() -> None:
    lines = [json.dumps({"report": "load", "exit": 1}), json.dumps({"level": "INFO"}), json.dumps(LOAD), "[1]", "Killed", ""]
    assert last_report(lines) == LOAD
    assert last_report(["no report", "{}"]) is None
    assert last_report([]) is None


def test_one_commit_of_any_account_is_enough() -> None:
    assert has_committed(EXTRACT)
    assert has_committed({"commits": 1, "accounts": [], "left_out": 200})
    assert not has_committed({"commits": 0, "accounts": [{"account": "ben", "commits": []}]})
    assert not has_committed({"commits": {"ben": {"from": 1, "to": 2}}}), "as in the report of a load"
    assert not has_committed(LOAD)
    assert not has_committed({"accounts": None})
    assert not has_committed(None)
