"""Files that strangers made: every line becomes a row or a reason."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.registry import jsonlines
from marketplace.registry.jsonlines import BadLine, Line, read_lines


def read(raw: bytes) -> list[Line | BadLine]:
    return list(read_lines(BytesIO(raw)))


def test_harmless_oddities_are_harmless() -> None:
    assert read(b'\xef\xbb\xbf{"a": 1}\r\n\r\n   \n{"a": 2}') == [Line(1, {"a": 1}), Line(4, {"a": 2})]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b'{"a": 1', "not JSON"),
        (b"[1, 2]", "not a JSON object"),
        (b"42", "not a JSON object"),
        (b'{"a": NaN}', "not a number"),
        (b'{"a": -Infinity}', "not a number"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b"\xff\xfe{\x00}\x00", "not UTF-8"),
        ("中".encode("gb18030"), "not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a": ' + b"9" * 5000 + b"}", "not JSON"),
        (b'{"a": 1e999999999999999999999}', "not a number anybody can mean"),
        (b'{"a": "\x00"}', "not JSON"),
    ],
)
def test_a_broken_line_is_reported_and_the_next_one_read(raw: bytes, reason: str) -> None:
    bad, good = read(raw + b'\n{"a": 2}\n')
    assert isinstance(bad, BadLine)
    assert bad.number == 1
    assert reason in bad.reason
    assert good == Line(2, {"a": 2})


def test_a_line_without_end_is_skipped_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonlines, "LONGEST_LINE", 100)
    lines = read(b'{"a": "' + b"x" * 1000 + b'"}\n{"a": 2}\n' + b"y" * 500)
    assert [type(line) for line in lines] == [BadLine, Line, BadLine]
    assert [line.number for line in lines] == [1, 2, 3]


@given(st.binary(max_size=300))
def test_no_bytes_at_all_crash_the_reader(raw: bytes) -> None:
    numbers = [line.number for line in read(raw)]
    assert numbers == sorted(set(numbers))
