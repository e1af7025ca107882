"""The report that each image leaves as the last line of its output, and how a person reads it. Knows no Airflow."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

Report = Mapping[str, Any]


def last_report(lines: Iterable[str]) -> Report | None:
    """The last of these lines that is a report; a JVM may have said something behind it."""
    for line in reversed(list(lines)):
        try:
            read = json.loads(line)
        except json.JSONDecodeError:
            continue
        if isinstance(read, dict) and "report" in read:
            return read
    return None


def has_committed(report: Report | None) -> bool:
    """Has the run left at least one commit in the lake?"""
    return any(account.get("commits") for account in _accounts(report or {}))


def told(report: Report) -> str:
    """One line: what it was, how it ended, what came of it, and why not more."""
    who = " ".join(str(report[name]) for name in ("report", "step", "source") if name in report)
    how = str(report.get("status", "ended")).replace("_", " ")
    return " · ".join([f"{who}: {how}", *filter(None, [summary(report)])])


def summary(report: Report) -> str:
    """What came of it, for a reader who knows what it was.

    Images and DAGs are deployed apart, so a report may have another shape than is known here: then it is shown as it came.
    """
    try:
        return _summary(report)
    except (AttributeError, KeyError, TypeError, ValueError):
        return json.dumps(report, ensure_ascii=False)


def _summary(report: Report) -> str:
    parts = [*_extracted(report), *_loaded(report), *_built(report), *_errors(report)]
    if "resume_at" in report:
        parts.append(f"goes on at {report['resume_at']}")
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
    commits = sum(len(account.get("commits", [])) for account in accounts)
    told_streams = [f"{name} {total['upserts']:,} new or changed, {total['deletes']:,} gone" for name, total in streams.items()]
    return [*told_streams, _count(report.get("calls", 0), "call"), _count(commits, "commit")]


def _loaded(report: Report) -> list[str]:
    words = {"staged": "staged", "inserted": "in", "updated": "changed", "deleted": "gone"}
    parts = []
    for table, counts in (report.get("tables") or {}).items():
        published = counts.keys() - {"staged"}
        said = [f"{counts[name]:,} {word}" for name, word in words.items() if name in (published or counts)]
        parts.append(f"{table} {', '.join(said)}")
    if report.get("report") == "load" and report.get("tables") == {}:
        parts.append("nothing new")
    if checks := report.get("checks"):
        found = [f"{check['name']} found {check['found']:,}" for check in checks if not check["passed"]]
        parts.append(", ".join(found) or f"{_count(len(checks), 'check')} passed")
    if "emptied" in report:
        parts.append("stage discarded" if report["emptied"] else "nothing was left in stage")
    return parts


def _built(report: Report) -> list[str]:
    if "passed" not in report:
        return []
    others = [f"{report[name]:,} {name}" for name in ("warned", "failed", "skipped") if report.get(name)]
    return [", ".join([f"{report['passed']:,} models and tests passed", *others])]


def _errors(report: Report) -> list[str]:
    """The run's own sentence, or those of the accounts that failed in it."""
    said = [_sentence(report["error"])] if report.get("error") else []
    failed = [account for account in _accounts(report) if account.get("error")]
    return said + [f"{account['account']}: {_sentence(account['error'])}" for account in failed]


def _accounts(report: Report) -> list[Mapping[str, Any]]:
    return [account for account in report.get("accounts") or [] if isinstance(account, Mapping)]


def _sentence(error: Mapping[str, str]) -> str:
    return "{doing}: {what}; {remedy}".format(**{name: error.get(name, "?") for name in ("doing", "what", "remedy")})


def _count(number: int, of: str) -> str:
    return f"{number:,} {of}{'' if number == 1 else 's'}"
