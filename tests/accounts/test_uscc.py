"""The credit code of organisations in China (GB 32100-2015)."""

import pytest

from marketplace.accounts import uscc


@pytest.mark.parametrize("code", ["91110000600037341L", "91440300708461136T"])
def test_codes_in_use_are_valid(code: str) -> None:
    assert uscc.is_valid(code)


def test_the_check_character_finds_every_single_slip() -> None:
    code = "91110000600037341L"
    for place in range(8, uscc.LENGTH):
        for other in uscc.ALPHABET.replace(code[place], ""):
            assert not uscc.is_valid(code[:place] + other + code[place + 1 :])


@pytest.mark.parametrize(
    "code",
    ["", "9111", "91110000600037341l", "9111000060003734IL", "91110000600037341L0", "9A1100006000373410"],
)
def test_other_shapes_are_not_codes(code: str) -> None:
    assert not uscc.is_valid(code)


def test_codes_are_stored_without_blanks_and_in_capitals() -> None:
    assert uscc.normalised(" 9111 0000-6000 37341l ") == "91110000600037341L"
