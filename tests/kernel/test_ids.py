import re

import pytest

from marketplace.kernel import ids


def test_an_id_is_sixteen_unambiguous_characters_and_never_the_same() -> None:
    made = {ids.public_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(re.fullmatch(ids.PATTERN, one) for one in made)
    assert not set("ilou") & set(ids.ALPHABET)


@pytest.mark.parametrize("other", ["", "0" * 15, "0" * 17, "A" * 16, "\0" * 16, "0" * 16 + "\n", "%" * 16])
def test_what_can_be_no_id_is_told_apart(other: str) -> None:
    assert ids.is_public_id(ids.public_id())
    assert not ids.is_public_id(other)
