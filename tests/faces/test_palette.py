"""Both palettes pass WCAG 2.2 AA: 4.5 : 1 for text, 3 : 1 for the borders of controls."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

TEXT = ("ink", "ink-soft", "ink-faint", "blue", "blue-deep", "cinnabar", "amber", "green")
GROUNDS = ("paper", "leaf", "wash", "blue-wash", "cinnabar-wash", "amber-wash", "green-wash")
LIGHT, DARK_BY_SYSTEM, DARK_BY_CHOICE = range(3)


def palettes() -> list[dict[str, str]]:
    found = finders.find("zhongyan/css/tokens.css")
    assert isinstance(found, str)
    css = Path(found).read_text(encoding="utf-8")
    blocks = [dict(re.findall(r"--([\w-]+): (#\w{6});", block)) for block in re.findall(r"\{([^{}]*)\}", css)]
    return [block for block in blocks if "paper" in block]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK_BY_SYSTEM])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXT)
def test_text_is_readable_on_every_ground(palette: int, ground: str, text: str) -> None:
    colours = palettes()[palette]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK_BY_SYSTEM])
def test_controls_and_focus_stand_out(palette: int) -> None:
    colours = palettes()[palette]
    assert min(contrast(colours["rule-strong"], colours[ground]) for ground in GROUNDS) >= 3
    assert min(contrast(colours["focus"], colours[ground]) for ground in GROUNDS) >= 3
    assert contrast(colours["on-blue"], colours["blue"]) >= 4.5
    assert contrast(colours["on-cinnabar"], colours["cinnabar"]) >= 4.5


def test_dark_is_the_same_whether_chosen_or_taken_from_the_system() -> None:
    assert len(palettes()) == 3
    assert palettes()[DARK_BY_SYSTEM] == palettes()[DARK_BY_CHOICE]
