"""The ids of the analysis of the five documents, written out: 132. Not taken from the product's own file."""

import re

TEXT = """
T01 T02 T03 T04 T05 T06 T07 T08 T09 T10 T11 T12 T13 T14 T15 T16 T17 T18
T19 T20 T21 T22 T23 T24 T25 T26 T27 T28 T29 T30 T31 T32 T33 T34 T35 T36
H01 H02 H03 H04 H05 H06 H07a H07b H07c H08 H09 H10 H11 H12 H13 H14 H15 H16 H17
H18 H19 H20 H21 H22 H23 H24 H25 H26 H27 H28 H29 H30 H31 H32 H33
W01 W02 W03 W04 W05 W06 W07 W08 W09 W10 W11 W12 W13 W14 W15
N01 N02 N03 N04 N05 N06 N07 N08 N09 N10 N11 N12 N13 N14 N15a N15b N15c N15d N16a N16b N16c
N17a N17b N17c N17d N18 N19 N20 N21 N22 N23 N24 N25
J01 J02 J03 J04 J05 J06 J07 J08 J09 J10 J11 J12 J13
"""
WRITTEN_OUT = TEXT.split()

NAMED = re.compile(r"(?<![A-Za-z0-9])[THJNW]\d{2}(?!\d|:\d|[a-z]{2})[a-z]?(?![A-Za-z0-9])")
"""An id as code and text name it. `H264` and a time like T10:30 are none; H07z is one that nobody gave."""

RANGE = re.compile(r"\b([THJNW])(\d{2})–\1?(\d{2})\b")


def named_in(text: str) -> set[str]:
    """The ids a text names, those within a span like T32–T34 included."""
    spans = {
        f"{letter}{number:02d}"
        for letter, first, last in RANGE.findall(text)
        for number in range(int(first), int(last) + 1)
    }
    return spans | set(NAMED.findall(text))
