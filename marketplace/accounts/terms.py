"""What everybody agrees to at sign-up: three texts, each in versions that stay readable (个人信息保护法 art. 17).

A new version is a new pair of files in `templates/terms/<language>/` and a row here; an old file is never edited, only
the operator's name in it follows the settings. People who signed up before are not yet asked to agree anew.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.errors import NotFound


@dataclass(frozen=True)
class Text:
    """One text: its name in addresses, its title, and its versions (the days they began), the latest last."""

    code: str
    title: Any
    versions: tuple[str, ...]

    @property
    def current(self) -> str:
        """The version that is agreed to now."""
        return self.versions[-1]


TEXTS = (
    Text("agreement", _("User agreement"), ("2026-11-22",)),
    Text("privacy", _("Privacy policy"), ("2026-11-22", "2026-11-23")),
    Text("rules", _("Platform rules"), ("2026-11-22",)),
)


def text_of(code: str, version: str = "") -> tuple[Text, str]:
    """The text with this name, and its version; the current one unless another is named. Raises NotFound."""
    found = next((one for one in TEXTS if one.code == code), None)
    if found is None or (version and version not in found.versions):
        raise NotFound
    return found, version or found.current


def template_of(text: Text, version: str) -> str:
    """The file of this version in the language of the page."""
    language = "en" if (get_language() or "").startswith("en") else "zh-hans"
    return f"terms/{language}/{text.code}-{version}.html"
