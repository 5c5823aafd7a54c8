"""Every sentence has its Chinese, and the Chinese keeps to the words that docs and people agreed on."""

import re
from pathlib import Path

import allauth
import django
import polib
import pytest

from devtools import catalogue
from devtools.terminal import ROOT

HAN = r"[\u3400-\u9fff]"
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|</?[a-z][^>]*>")
FORBIDDEN = ("抽奖", "彩票", "裁决")
"""A draw is no lottery, a decision is 审定; 裁决 is kept for disputes, which have no page yet."""


@pytest.fixture(scope="module")
def chinese() -> polib.POFile:
    return polib.pofile(str(catalogue.CATALOGUE))


def words(entry: polib.POEntry) -> str:
    return str(entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr)


def entries(file: polib.POFile | polib.MOFile) -> dict[tuple[str, str, str], str]:
    return {(one.msgctxt or "", one.msgid, one.msgid_plural): words(one) for one in file if one.msgid}


def test_nothing_is_untranslated_empty_guessed_or_left_over(chinese: polib.POFile) -> None:
    assert [one.msgid for one in chinese if one.obsolete or one.fuzzy or not words(one).strip()] == []


def test_every_sentence_of_the_code_and_the_templates_is_in_the_catalogue(chinese: polib.POFile) -> None:
    said = {(one.context, one.text, one.plural) for one in catalogue.said().values()}
    assert set(entries(chinese)) == said


def test_the_compiled_catalogue_holds_exactly_the_written_one(chinese: polib.POFile) -> None:
    compiled = polib.mofile(str(catalogue.CATALOGUE.with_suffix(".mo")))
    assert entries(compiled) == entries(chinese)
    assert compiled.metadata["Plural-Forms"] == "nplurals=1; plural=0;"


def test_places_for_values_and_marks_of_html_are_the_same_in_both_languages(chinese: polib.POFile) -> None:
    different = [
        one.msgid
        for one in chinese
        if words(one) and sorted(PLACES.findall(words(one))) != sorted(PLACES.findall(one.msgid_plural or one.msgid))
    ]
    assert different == []


def test_line_breaks_and_spaces_at_the_ends_are_kept(chinese: polib.POFile) -> None:
    assert [one.msgid for one in chinese if words(one) != words(one).strip() or "\n\n" in words(one)] == []


@pytest.mark.parametrize("word", FORBIDDEN)
def test_words_that_would_mislead_do_not_appear(chinese: polib.POFile, word: str) -> None:
    assert [one.msgid for one in chinese if word in words(one)] == []


def test_punctuation_beside_chinese_is_chinese(chinese: polib.POFile) -> None:
    beside = rf"{HAN}[,:;?!()'\"]|[,:;?!()'\"]{HAN}"
    foreign = re.compile(beside + r"|[，。：；？！（）“”、] | [，。：；？！（）、]|\.\.\.")
    bare = re.compile(r"<[^>]*>")
    assert [words(one) for one in chinese if foreign.search(bare.sub("", words(one)))] == []


def test_borrowed_sentences_still_stand_where_they_were_borrowed() -> None:
    lent: set[str] = set()
    for package in (allauth, django):
        for path in Path(str(package.__file__)).parent.glob("**/locale/zh_Hans/LC_MESSAGES/django.mo"):
            lent |= {one.msgid for one in polib.mofile(str(path))}
        for path in Path(str(package.__file__)).parent.glob("**/locale/en/LC_MESSAGES/django.po"):
            lent |= {one.msgid for one in polib.pofile(str(path))}
    assert [one.text for one in catalogue.borrowed() if one.text not in lent] == []


def test_the_gatherer_reads_what_django_would_look_up() -> None:
    code = 'pgettext_lazy("a", "b" "c"); _("d"); ngettext("e", "f", 2); say(_(name))'
    page = (
        "{% translate 'g' context 'h' %}"
        "{% blocktranslate trimmed count n=2 %}\n i\n{% plural %}\n {{ n }} j\n{% endblocktranslate %}"
    )
    assert list(catalogue.of_python(code)) == [("a", "bc", ""), ("", "d", ""), ("", "e", "f")]
    assert list(catalogue.of_template(page)) == [("h", "g", ""), ("", "i", "%(n)s j")]


def test_sentences_are_marked_by_the_names_that_the_catalogue_looks_for() -> None:
    """Under another name a sentence would never be translated, and nothing would say so."""
    alias = re.compile(r"import \w*gettext\w* as (?!_$)\w+", re.MULTILINE)
    houses = ("marketplace", "realtime", "search", "tasks")
    found = [path for house in houses for path in (ROOT / house).rglob("*.py") if alias.search(path.read_text("utf-8"))]
    assert found == []
