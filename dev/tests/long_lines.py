"""Commits activities with very long members to a lake: `python long_lines.py LAKE KIND`.

A process of its own, because the peak memory of a process that a test starts includes what the test itself held before.
"""

import itertools
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from lake_writer import commit_lines, envelope
from paceline_local.stack import SOURCE

MAX_LINE = 8 << 20
TEXT_COLUMNS = [
    *("name", "type", "sport_type", "timezone", "location_city", "location_state", "location_country"),
    *("visibility", "gear_id", "upload_id_str", "external_id", "device_name"),
]
_TYPES = b'"start_date":"2026-10-30T07:00:00Z"'


def _filled(name: str, character: str, size: int = MAX_LINE - 1000) -> bytes:
    return f'"{name}":"{character * (size // len(character.encode()))}"'.encode()


def _numbers(name: str, count: int) -> bytes:
    return f'"{name}":['.encode() + b"1," * (count - 1) + b"1]"


def _activities(account: str, members: Iterable[bytes]) -> Iterator[bytes]:
    for place, member in enumerate(members):
        yield envelope(account, 900 + place, _TYPES + b"," + member)


def longest(account: str) -> Iterator[bytes]:
    """Thirteen activities, each nearly as long as it may be."""
    members = itertools.chain(
        (_filled("name", "a") for _ in range(4)),
        (_filled("name", "é") for _ in range(2)),
        (_filled("unknown", "🚴") for _ in range(2)),
        (_numbers("start_latlng", 1_300_000) for _ in range(2)),
        (_numbers("unknown", 4_000_000) for _ in range(2)),
        [_filled("name", "\\u00e9")],
    )
    return _activities(account, members)


def different_columns(account: str) -> Iterator[bytes]:
    """Each with a long value in another column."""
    return _activities(account, (_filled(column, "a") for column in TEXT_COLUMNS))


def keys(account: str) -> Iterator[bytes]:
    """Six whose keys are as long as a line."""
    line = envelope(account, 900, _TYPES).replace(b"[900]", b'["' + b"9" * (MAX_LINE - 1000) + b'"]')
    return itertools.repeat(line, 6)


def too_much(account: str) -> Iterator[bytes]:
    """Ten that nothing can load."""
    members = itertools.chain(
        (_filled("name", "a", 2 * MAX_LINE) for _ in range(2)),
        [
            _filled("name", "a", MAX_LINE),
            _numbers("start_latlng", 2_000_000),
            _numbers("start_latlng", 4_000_000),
            b'"distance":1e999999999',
            b'"kudos_count":1e-99999999999999999999',
            b'"unknown":[1e999999999]',
            b'"unknown":' + b"9" * 1_000_000,
            b'"unknown":' + b"[" * 100_000 + b"]" * 100_000,
        ],
    )
    return _activities(account, members)


KINDS: dict[str, Callable[[str], Iterator[bytes]]] = {
    kind.__name__: kind for kind in (longest, different_columns, keys, too_much)
}


if __name__ == "__main__":
    lake = Path(sys.argv[1])
    account = next((lake / "log" / SOURCE).iterdir()).name
    commit_lines(lake, SOURCE, "activities", KINDS[sys.argv[2]](account))
