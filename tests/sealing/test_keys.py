"""The arithmetic of sealing: who can open, and that everything that differs is noticed (I8, I10, I11)."""

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.sealing import envelopes, keys, phrases
from marketplace.sealing.keys import Cost, Half, Pair, Unopenable, WrongPhrase

CHEAP = Cost(1, 8192)
SALT = b"0123456789abcdef"
ABOUT = "proposal:0000000000000000:1"


def halves_for(holders: list[Pair], private: bytes) -> list[Half]:
    return list(keys.parted(private, [one.public for one in holders]))


@given(st.integers(2, 5))
def test_any_two_holders_join_the_key_and_no_other_boxes_do(number: int) -> None:
    matter, holders = keys.new_pair(), [keys.new_pair() for _ in range(number)]
    halves = halves_for(holders, matter.private)
    assert len(halves) == number * (number - 1)
    for one, other in combinations(range(number), 2):
        mine = {h.pair: keys.unboxed(h.box, holders[one].private) for h in halves if h.holder == one}
        theirs = {h.pair: keys.unboxed(h.box, holders[other].private) for h in halves if h.holder == other}
        (shared,) = mine.keys() & theirs.keys()
        assert keys.joined(mine[shared], theirs[shared]) == matter.private
        wrong = [keys.joined(mine[a], theirs[b]) for a, b in product(mine, theirs) if a != b]
        assert matter.private not in wrong


def test_a_half_says_nothing_and_no_other_key_opens_its_box() -> None:
    matter, holders = keys.new_pair(), [keys.new_pair() for _ in range(3)]
    halves = halves_for(holders, matter.private)
    plain = [keys.unboxed(half.box, holders[half.holder].private) for half in halves]
    assert matter.private not in plain
    assert len(set(plain)) == len(plain)
    for half, stranger in product(halves, [*holders, matter]):
        if stranger != holders[half.holder]:
            with pytest.raises(Unopenable):
                keys.unboxed(half.box, stranger.private)


def test_a_pair_knows_its_own() -> None:
    one, other = keys.new_pair(), keys.new_pair()
    assert keys.belongs(one.private, one.public)
    assert not keys.belongs(one.private, other.public)


def test_the_phrase_opens_the_key_however_it_is_typed() -> None:
    phrase = phrases.new_phrase()
    kept = keys.locked(b"k" * 32, phrase, SALT, CHEAP)
    typed = f"  {phrase.upper().replace(' ', ',  ')}\n"
    assert keys.unlocked(kept, phrases.as_written(typed), SALT, CHEAP) == b"k" * 32


def test_another_phrase_opens_nothing() -> None:
    kept = keys.locked(b"k" * 32, "one two three four five six", SALT, CHEAP)
    with pytest.raises(WrongPhrase):
        keys.unlocked(kept, "one two three four five seven", SALT, CHEAP)


def test_a_phrase_is_six_words_and_never_the_same() -> None:
    many = {phrases.new_phrase() for _ in range(50)}
    assert len(many) == 50
    assert all(len(phrase.split()) == phrases.WORDS for phrase in many)


@given(st.binary(max_size=5000))
def test_an_envelope_opens_with_the_matters_key_and_with_its_owners_code(content: bytes) -> None:
    pair, code = keys.new_pair(), envelopes.new_code()
    envelope = envelopes.seal(content, about=ABOUT, public=pair.public, code=code)
    assert envelopes.opened(envelope, about=ABOUT, private=pair.private) == content
    assert envelopes.reread(envelope, about=ABOUT, code=code.replace("-", " ").upper()) == content


def test_the_same_content_seals_to_nothing_alike() -> None:
    pair, code = keys.new_pair(), envelopes.new_code()
    one, other = (envelopes.seal(b"the same", about=ABOUT, public=pair.public, code=code) for _ in range(2))
    assert one.digest != other.digest
    assert one.commitment != other.commitment


@given(st.data())
def test_whatever_was_changed_is_noticed(data: st.DataObject) -> None:
    pair, code = keys.new_pair(), envelopes.new_code()
    whole = vars(envelopes.seal(b"content", about=ABOUT, public=pair.public, code=code))
    part = data.draw(st.sampled_from(["sealed", "box"]))
    place = data.draw(st.integers(0, len(whole[part]) - 1))
    broken = bytearray(whole[part])
    broken[place] ^= data.draw(st.integers(1, 255))
    changed = {**whole, part: bytes(broken)}
    for digest in (whole["digest"], envelopes.digest_of(changed["sealed"])):
        with pytest.raises(Unopenable):
            envelopes.opened(envelopes.Envelope(**{**changed, "digest": digest}), about=ABOUT, private=pair.private)


def test_an_envelope_passes_for_no_other() -> None:
    pair, code = keys.new_pair(), envelopes.new_code()
    envelope = envelopes.seal(b"content", about=ABOUT, public=pair.public, code=code)
    with pytest.raises(Unopenable):
        envelopes.opened(envelope, about="proposal:0000000000000000:2", private=pair.private)
    with pytest.raises(Unopenable):
        envelopes.reread(envelope, about=ABOUT, code=envelopes.new_code())


def test_a_code_with_letters_it_does_not_have_is_read_as_meant() -> None:
    assert envelopes.as_written("O1i-lA") == "0111a"
