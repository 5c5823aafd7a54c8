"""Reading files of JSON Lines that strangers made: every line becomes a row or a reason, never a crash.

Shared by `import_challenges` and `import_experts`. A byte order mark, CRLF and empty lines are harmless; a line
that is not UTF-8, not JSON, not an object, too long or with a name twice is reported and the next one read.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, BinaryIO

LONGEST_LINE = 1024 * 1024
"""Bytes. A longer line is skipped without being held in memory."""

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Line:
    """A line that holds a JSON object; numbers with a point are Decimal."""

    number: int
    values: dict[str, Any]


@dataclass(frozen=True)
class BadLine:
    """A line that cannot be taken over, and why, in words for the person who made the file."""

    number: int
    reason: str


def read_lines(stream: BinaryIO) -> Iterator[Line | BadLine]:
    """Yield each line of the file that is not empty, in order; numbers count from 1 as editors do."""
    for number, raw in enumerate(_raw_lines(stream), start=1):
        if raw is None:
            yield BadLine(number, f"the line is longer than {LONGEST_LINE} bytes")
            continue
        text = raw.removeprefix(BYTE_ORDER_MARK) if number == 1 else raw
        if text.strip():
            yield _parsed(number, text)


def _raw_lines(stream: BinaryIO) -> Iterator[bytes | None]:
    while chunk := stream.readline(LONGEST_LINE + 1):
        if len(chunk) <= LONGEST_LINE:
            yield chunk
            continue
        while chunk and not chunk.endswith(b"\n"):
            chunk = stream.readline(LONGEST_LINE)
        yield None


def _parsed(number: int, raw: bytes) -> Line | BadLine:
    try:
        values = json.loads(raw.decode(), object_pairs_hook=_object, parse_float=_decimal, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        return BadLine(number, f"the line is not UTF-8 (byte {error.start + 1})")
    except RecursionError:
        return BadLine(number, "the JSON is nested too deeply")
    except json.JSONDecodeError as error:
        return BadLine(number, f"the line is not JSON: {error.msg} (character {error.pos + 1})")
    except ValueError as error:
        return BadLine(number, f"the line is not JSON: {error}")
    if not isinstance(values, dict):
        return BadLine(number, "the line is not a JSON object")
    return Line(number, values)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError("a name occurs twice in one object")
    return values


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:  # an exponent that even Decimal cannot hold
        raise ValueError(f"{text[:40]} is not a number anybody can mean") from error


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is not a number")
