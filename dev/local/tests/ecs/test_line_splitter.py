"""The output of a container becomes events: whole lines, of bounded size, readable whatever bytes it wrote."""

import pytest
from paceline_local.ecs.line_splitter import MAX_EVENT_BYTES, LineSplitter


def events_of(*chunks: bytes) -> list[str]:
    lines = LineSplitter()
    return [event for chunk in chunks for event in lines.feed(chunk)] + lines.end()


def test_a_line_is_an_event_however_it_is_chunked() -> None:
    assert events_of(b"one\ntwo\n") == events_of(b"o", b"ne", b"\n", b"two\n") == ["one", "two"]


def test_a_last_line_needs_no_newline_and_an_empty_line_is_not_an_event() -> None:
    assert events_of(b"\n\none\n\ntwo") == ["one", "two"]
    assert events_of() == events_of(b"") == []


def test_a_line_is_an_event_as_soon_as_it_ends() -> None:
    assert LineSplitter().feed(b"one\ntw") == ["one"]


def test_a_character_split_between_chunks_is_decoded() -> None:
    assert events_of(b"\xf0\x9f", b"\x9a\xb4\n") == ["🚴"]


def test_invalid_utf_8_is_replaced() -> None:
    assert events_of(b"a\xffb\n", b"\xf0\x9f\n", b"\xf0\x9f") == ["a\ufffdb", "\ufffd", "\ufffd"]


@pytest.mark.parametrize("unit", [b"x", "ü".encode(), "🚴".encode(), b"\xff"])
@pytest.mark.parametrize("end", [b"", b"\n"])
def test_a_long_line_is_several_events_cut_between_characters(unit: bytes, end: bytes) -> None:
    output = unit * 600_000
    events = events_of(*(output[i : i + 65_536] for i in range(0, len(output), 65_536)), end)
    assert "".join(events) == output.decode(errors="replace")
    assert max(len(event.encode()) for event in events) <= MAX_EVENT_BYTES
    assert min(len(event.encode()) for event in events[:-1]) > MAX_EVENT_BYTES - 4


def test_an_endless_line_is_not_kept_in_memory() -> None:
    lines = LineSplitter()
    for _ in range(100):
        lines.feed(b"x" * 65_536)
        assert len(lines._rest) <= MAX_EVENT_BYTES
