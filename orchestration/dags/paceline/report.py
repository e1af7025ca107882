"""The report that each image prints as the last line of its output, and a readable form of it. Independent of Airflow."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

Report = Mapping[str, Any]
# What a line has room for: this many paths of a table, and this much of each, because some sources put data into names.
_PATHS_SHOWN = 3
_PATH_LENGTH = 40


def last_report(lines: Iterable[str]) -> Report | None:
    """The last of these lines that is a report; a JVM may have printed something after it."""
    for line in reversed(list(lines)):
        try:
            value = json.loads(line)
        except json.JSONDecodeError:
            continue
        if isinstance(value, dict) and "report" in value:
            return value
    return None


def has_committed(report: Report | None) -> bool:
    """Returns whether the run of an extract made at least one commit to the lake.

    Only the total counts: a report is at most 8 KB, and with many accounts it does not have all of them.
    """
    commits = (report or {}).get("commits")
    return isinstance(commits, int) and commits > 0


def describe(report: Report) -> str:
    """One line: what ran, how it ended, its results and its errors."""
    command = " ".join(str(report[name]) for name in ("report", "step", "source") if name in report)
    status = str(report.get("status", "ended")).replace("_", " ")
    return " · ".join([f"{command}: {status}", *filter(None, [summary(report)])])


def summary(report: Report) -> str:
    """The results and errors, for a reader who knows what ran.

    Images and DAGs are deployed separately, so a report may have a shape that is not known here. It is then shown unchanged.
    """
    try:
        return _summary(report)
    except (AttributeError, KeyError, TypeError, ValueError):
        return json.dumps(report, ensure_ascii=False)


def _summary(report: Report) -> str:
    parts = [*_extracted(report), *_loaded(report), *_built(report), *_errors(report)]
    if "resume_at" in report:
        parts.append(f"resumes at {report['resume_at']}")
    if "seconds" in report:
        parts.append(f"{report['seconds']:.1f} s")
    return " · ".join(parts)


def _extracted(report: Report) -> list[str]:
    accounts = _accounts(report)
    if not accounts:
        return []
    streams: dict[str, dict[str, int]] = {}
    for account in accounts:
        for name, counts in account.get("streams", {}).items():
            total = streams.setdefault(name, {"upserts": 0, "deletes": 0})
            for kind in total:
                total[kind] += counts.get(kind, 0)
    parts = [f"{name} {total['upserts']:,} new or changed, {total['deletes']:,} deleted" for name, total in streams.items()]
    if "left_out" in report:
        parts.append(f"{report['left_out']:,} more entries did not fit")
    return [*parts, _count(report.get("calls", 0), "call"), _count(report.get("commits", 0), "commit")]


def _loaded(report: Report) -> list[str]:
    parts = []
    for table, counts in (report.get("tables") or {}).items():
        published = counts.keys() - {"staged"}
        names = [name for name in ("staged", "inserted", "updated", "deleted") if name in (published or counts)]
        parts.append(f"{table} {', '.join(f'{counts[name]:,} {name}' for name in names)}")
    for table, members in (report.get("drift") or {}).items():
        parts.append(f"{table} without a column: {_most_frequent(members)}")
    if report.get("report") == "load" and report.get("tables") == {}:
        parts.append("nothing new")
    if checks := report.get("checks"):
        findings = [f"{check['name']} found {check['found']:,}" for check in checks if not check["passed"]]
        parts.append(", ".join(findings) or f"{_count(len(checks), 'check')} passed")
    if "discarded" in report:
        parts.append("staged rows discarded" if report["discarded"] else "nothing was staged")
    return parts


def _most_frequent(members: Mapping[str, int]) -> str:
    """`b 9, a 1, and 2 more`: paths with their counts."""
    paths = sorted(members, key=lambda path: (-members[path], path))
    shown = [f"{path[:_PATH_LENGTH]} {members[path]:,}" for path in paths[:_PATHS_SHOWN]]
    others = len(paths) - len(shown)
    return ", ".join(shown) + (f", and {others:,} more" if others else "")


def _built(report: Report) -> list[str]:
    if "passed" not in report:
        return []
    others = [f"{report[name]:,} {name}" for name in ("warned", "failed", "skipped") if report.get(name)]
    dropped = [f"dropped {what}" for what in report.get("dropped", [])]
    return [", ".join([f"{report['passed']:,} models and tests passed", *others]), *dropped]


def _errors(report: Report) -> list[str]:
    """The run's own error, or those of the accounts that failed in it."""
    errors = [_sentence(report["error"])] if report.get("error") else []
    failed = [account for account in _accounts(report) if account.get("error")]
    return errors + [f"{account['account']}: {_sentence(account['error'])}" for account in failed]


def _accounts(report: Report) -> list[Mapping[str, Any]]:
    return [account for account in report.get("accounts") or [] if isinstance(account, Mapping)]


def _sentence(error: Mapping[str, str]) -> str:
    return "{doing}: {what}; {remedy}".format(**{name: error.get(name, "?") for name in ("doing", "what", "remedy")})


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
