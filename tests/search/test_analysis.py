"""What a text becomes, and how a query is read."""

import pytest

from search import analysis
from search.concepts import concepts
from search.spelling import corrected


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("鋰離子電池", "锂离子电池"),
        ("軟體 資訊", "软件 信息"),
        ("核心影像", "核心影像"),
        ("ＣＯ２　Ｌｉ", "co2 li"),
        ("Straße ﬁn", "strasse fin"),
        ("a\u200bb\ufeffc", "abc"),
        ("x\ud800y", "xy"),
    ],
)
def test_texts_are_normalised(text: str, normal: str) -> None:
    assert analysis.normalise(text) == normal


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("燃料电池", ["燃料", "电池", "燃料电池"]),
        ("分离膜", ["分离", "膜", "分离膜"]),
        ("7050-T7451", ["7050-t7451", "7050", "t", "7451"]),
        ("GH4169", ["gh4169", "gh", "4169"]),
        ("CAR-T, C++ and C#", ["car-t", "car", "t", "c++", "c", "and", "c#", "c"]),
        ("batteries boxes glass corpus analysis", ["battery", "box", "glass", "corpus", "analysis"]),
        ("Müller", ["muller"]),
        ("!?* 。，😀", []),
    ],
)
def test_texts_are_cut_into_words_with_the_words_inside_them(text: str, terms: list[str]) -> None:
    assert analysis.terms(text) == terms


def test_pinyin_is_kept_of_words_and_of_runs_of_words() -> None:
    spoken = analysis.pinyin_terms("水稻抗旱育种,钛")
    assert {"shuidao", "yuzhong", "shuidaokanghan", "shuidaokanghanyuzhong"} <= set(spoken)
    assert "tai" not in spoken


def test_a_query_is_read_as_the_things_it_asks_for() -> None:
    battery, charging = [concept for concept in concepts("锂电池快充") if not concept.bonus]
    assert battery.ways[0].terms == ("锂电池",)
    assert ("lithium", "battery") in [way.terms for way in battery.ways]
    assert ("fast", "charging") in [way.terms for way in charging.ways]


def test_words_that_say_nothing_are_left_out_unless_nothing_else_was_said() -> None:
    asked = [concept.ways[0].terms for concept in concepts("我们想找钙钛矿的技术") if not concept.bonus]
    assert asked == [("钙钛矿",)]
    assert [concept.ways[0].terms for concept in concepts("技术")] == [("技术",), ("jishu",)]


def test_nothing_readable_asks_for_nothing() -> None:
    assert concepts("!!! *** \x00 😀 \"'") == []


def test_a_slip_in_a_known_word_is_put_right_and_unknown_words_stay() -> None:
    assert corrected("lithum battery recyling") == "lithium battery recycling"
    assert corrected("zeppelin gh4169 tanhuagui 锂电") == "zeppelin gh4169 tanhuagui 锂电"


def test_no_endless_word_is_looked_for_among_the_known_ones() -> None:
    before = analysis.stem.cache_info().currsize
    assert corrected("xq" * 100) == "xq" * 100
    assert corrected("qxzvk") == "qxzvk"
    assert analysis.stem.cache_info().currsize - before < 5


def test_a_long_query_costs_a_bounded_number_of_questions() -> None:
    assert len(concepts("固态电池界面阻抗 " * 1000)) < 100
