"""Numbers of organisations abroad: a LEI has twenty ASCII characters, whatever its check digits say."""

import pytest
from django.urls import reverse
from stdnum.iso7064 import mod_97_10

from marketplace.accounts import identifiers
from tests import factories
from tests.tasks.web_adjudication.stage import at_browser

REAL = "5493001KJTIIGC8Y1R12"
LONG = "A" * 30 + mod_97_10.calc_check_digits("A" * 30)


@pytest.mark.parametrize(
    "code",
    [
        "98",
        LONG,
        "".join(chr(0xFF10 + int(c)) if c.isdigit() else c for c in REAL),
        "".join(chr(0x0660 + int(c)) if c.isdigit() else c for c in REAL),
    ],
)
def test_what_only_has_the_check_digits_is_no_lei(code) -> None:
    assert identifiers.is_lei(REAL)
    assert not identifiers.is_lei(identifiers.normalised_lei(code)) or identifiers.normalised_lei(code) == REAL


@pytest.mark.django_db
def test_a_lei_too_long_is_said_beside_its_field() -> None:
    factories.region("DE", "德国", "Germany", "COUNTRY")
    client = at_browser(factories.person())
    client.raise_request_exception = False
    answer = client.post(
        reverse("accounts:organisation_new"),
        {"kind": "ENTERPRISE", "name": "某公司", "region": "DE", "lei": LONG, "file": factories.scan_of_a_letter()},
    )
    assert answer.status_code == 422
