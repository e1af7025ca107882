"""Splits the output of a container into log events, as Docker's awslogs driver does for ECS."""

import codecs

# CloudWatch's limit for an event, minus the overhead it counts per event. An event is a line; a longer line is split.
MAX_EVENT_BYTES = 262_144 - 26


class LineSplitter:
    """Holds at most one event's worth of an unfinished line; empty lines are not events."""

    def __init__(self) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._rest = ""

    def feed(self, chunk: bytes) -> list[str]:
        """The events that `chunk` completes; undecodable bytes become U+FFFD."""
        *lines, rest = (self._rest + self._decode(chunk)).split("\n")
        *pieces, self._rest = _pieces(rest)
        return [piece for line in lines for piece in _pieces(line) if piece] + pieces

    def end(self) -> list[str]:
        """The last line, if it had no newline."""
        last = self._rest + self._decode(b"", final=True)
        self._rest = ""
        return [piece for piece in _pieces(last) if piece]


def _pieces(line: str) -> list[str]:
    """Of at most MAX_EVENT_BYTES bytes each, cut between characters."""
    if len(line) * 4 <= MAX_EVENT_BYTES:
        return [line]
    encoded = line.encode()
    pieces = []
    start = 0
    while len(encoded) - start > MAX_EVENT_BYTES:
        end = start + MAX_EVENT_BYTES
        while encoded[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(encoded[start:end].decode())
        start = end
    return [*pieces, encoded[start:].decode()]
