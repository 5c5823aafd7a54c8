"""Lines that others read: what nobody sees is dropped from them, what somebody needs is kept."""

import pytest

from marketplace.workbooks.lines import one_line


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("固态电池\r\nBcc: someone@example.org", "固态电池 Bcc: someone@example.org"),
        ("  a\tb\u2028c\x85d  ", "a b c d"),
        ("\u202egnp.exe\u202c abc", "gnp.exe abc"),
        ("\u200b\u2060\ufeff", ""),
        ("a\u00adb\x1b[31m\x07", "ab[31m"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("𰻝面 ≥ 5 μm", "𰻝面 ≥ 5 μm"),
    ],
)
def test_a_line_is_read_as_it_looks(typed: str, read: str) -> None:
    assert one_line(typed) == read
