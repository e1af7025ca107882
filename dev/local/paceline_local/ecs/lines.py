"""Cuts what a container says into log events, as Docker's awslogs driver does for ECS."""

import codecs

# CloudWatch's size of an event, less what it counts for each. An event is a line; a longer line is several.
LONGEST_EVENT = 262_144 - 26


class Lines:
    """Holds at most one event's worth of a line that has not ended; empty lines are no events."""

    def __init__(self) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._rest = ""

    def feed(self, chunk: bytes) -> list[str]:
        """The events that `chunk` completes; undecodable bytes are U+FFFD."""
        *lines, rest = (self._rest + self._decode(chunk)).split("\n")
        *pieces, self._rest = _pieces(rest)
        return [piece for line in lines for piece in _pieces(line) if piece] + pieces

    def end(self) -> list[str]:
        """The last line, where it had no newline."""
        last = self._rest + self._decode(b"", final=True)
        self._rest = ""
        return [piece for piece in _pieces(last) if piece]


def _pieces(line: str) -> list[str]:
    """Of at most LONGEST_EVENT bytes each, cut between characters."""
    if len(line) * 4 <= LONGEST_EVENT:
        return [line]
    encoded = line.encode()
    pieces = []
    start = 0
    while len(encoded) - start > LONGEST_EVENT:
        end = start + LONGEST_EVENT
        while encoded[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(encoded[start:end].decode())
        start = end
    return [*pieces, encoded[start:].decode()]
