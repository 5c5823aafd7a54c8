"""What a browser sends."""

from typing import Any

from marketplace.profiles.showing import Part

PROFILE: dict[str, Any] = {
    "headline": "固态电池研究员",
    "kinds": ["RESEARCHER"],
    "expertise": "阻抗谱",
    "fields_chosen": ["new-energy"],
    "languages": ["zh"],
    "version": "0",
    **{f"seen_{part}": "PUBLIC" for part in Part},
}
