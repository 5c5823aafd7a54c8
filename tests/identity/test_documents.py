"""What can be told from a number alone."""

from datetime import date

import pytest
from stdnum.cn import ric

from marketplace.identity import documents
from marketplace.identity.documents import DocumentKind
from marketplace.kernel.errors import Refusal
from tests.identity.test_mrz import SPECIMEN

CARD = "11010519491231002X"
"""The example of GB 11643-1999 itself: nobody's."""


def card(serial: int) -> str:
    """Another card of the same place and day."""
    body = f"{CARD[:14]}{serial:03d}"
    return body + str(ric.calc_check_digit(body + "?"))


def test_a_card_is_kept_in_one_form() -> None:
    assert documents.id_card(" 110105 19491231 002x") == documents.id_card(CARD)
    assert documents.id_card(CARD).number == CARD


@pytest.mark.parametrize(
    "number", ["", "11010519491231002", "110105194912310021", "99010519491231002X", "身份证", CARD * 2]
)
def test_a_wrong_card_is_refused_at_its_field(number: str) -> None:
    with pytest.raises(Refusal) as wrong:
        documents.id_card(number)
    assert wrong.value.field == "id_number"


def test_a_passport_that_is_over_is_refused() -> None:
    assert documents.passport(SPECIMEN, today=date(2012, 4, 15)).kind == DocumentKind.PASSPORT
    with pytest.raises(Refusal, match=r"no longer valid|已过有效期"):
        documents.passport(SPECIMEN, today=date(2012, 4, 16))


@pytest.mark.parametrize(
    ("name", "number", "field"),
    [
        ("", "AB1234", "other_name"),
        ("居民身份证", CARD, "kind"),
        ("居住证", "12345", "other_number"),
        ("居住证", "", "other_number"),
        ("居住证", "1", "other_number"),
        ("居住证", "a<b", "other_number"),
    ],
)
def test_another_document_needs_its_name_and_its_number(name: str, number: str, field: str) -> None:
    with pytest.raises(Refusal) as wrong:
        documents.other(name, number)
    assert wrong.value.field == field


def test_a_number_that_tells_makes_one_document_whatever_it_is_called() -> None:
    assert documents.other("甲证", "AB123456").identity == documents.other("乙证", "AB123456").identity
    assert documents.other("甲证", "AB1234").identity != documents.other("乙证", "AB1234").identity
