"""Numbers from outside China: check digits, and that one number is one organisation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.accounts import services
from marketplace.accounts.identifiers import ALPHABET, is_lei, is_ror, normalised_lei, normalised_ror
from marketplace.accounts.particulars import Particulars
from marketplace.kernel.errors import Refusal
from tests import factories

RORS = ("https://ror.org/03yrm5c26", "ROR.ORG/02mhbdp94", " 033vjfk17 ")
LEI = "5493 001K JTII GC8Y 1R12"


def test_identifiers_are_read_as_people_give_them() -> None:
    assert [is_ror(normalised_ror(one)) for one in RORS] == [True, True, True]
    assert normalised_lei(LEI) == "5493001KJTIIGC8Y1R12"
    assert is_lei(normalised_lei(LEI))


@given(st.integers(0, 8), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(place: int, character: str) -> None:
    right = "03yrm5c26"
    wrong = right[:place] + character + right[place + 1 :]
    assert is_ror(wrong) == (wrong == right)


@given(st.text(max_size=40))
def test_nothing_that_is_typed_does_harm(typed: str) -> None:
    assert is_ror(normalised_ror(typed)) in {True, False}
    assert is_lei(normalised_lei(typed)) in {True, False}


def said(code: str, **numbers: str) -> Particulars:
    return Particulars(kind="INSTITUTE", name="Institute", region=factories.region(code), **numbers)


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "field"), [("420100", "uscc"), ("DE", "register_number")])
def test_an_organisation_has_a_number_that_can_be_looked_up(code: str, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        services.register_organisation(actor=factories.person(), particulars=said(code))
    assert refused.value.field == field


@pytest.mark.django_db
@pytest.mark.parametrize(
    "number", [{"register_number": "HRB 1"}, {"ror": "03yrm5c26"}, {"lei": "5493001KJTIIGC8Y1R12"}]
)
def test_each_number_is_entered_once(number: dict[str, str]) -> None:
    services.register_organisation(actor=factories.person(), particulars=said("DE", **number))
    with pytest.raises(Refusal) as refused:
        services.register_organisation(actor=factories.person(), particulars=said("DE", **number))
    assert refused.value.field == next(iter(number))


@pytest.mark.django_db
def test_a_registers_number_is_another_one_in_another_country() -> None:
    services.register_organisation(actor=factories.person(), particulars=said("DE", register_number="1"))
    services.register_organisation(actor=factories.person(), particulars=said("FR", register_number="1"))
