import re

from marketplace.kernel import ids


def test_an_id_is_sixteen_unambiguous_characters_and_never_the_same() -> None:
    made = {ids.public_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(re.fullmatch(ids.PATTERN, one) for one in made)
    assert not set("ilou") & set(ids.ALPHABET)
