"""What every page's frame needs, whatever the page: brightness, the other language, whether this is a demo."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

THEMES = ("light", "dark")


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame. No query is made here: a page pays for what its own view asks."""
    return {
        "theme": chosen_theme(request),
        "other_language": other_language(request),
        "demo": settings.DEMO,
        "operator": settings.OPERATOR,
    }


def chosen_theme(request: HttpRequest) -> str:
    """What the person chose, from the cookie that theme.js writes; "auto" follows the system."""
    theme = request.COOKIES.get("theme", "")
    return theme if theme in THEMES else "auto"


def other_language(request: HttpRequest) -> dict[str, str]:
    """The same page in the other language: its code, its own name, its address."""
    code = "zh-hans" if (get_language() or "").startswith("en") else "en"
    name = "English" if code == "en" else "中文"
    return {"code": code, "name": name, "url": _same_page(request, code), "words": _switch_words(code)}


def _same_page(request: HttpRequest, code: str) -> str:
    here = request.get_full_path()
    there = translate_url(here, code)
    if there != here and not there.startswith("//"):  # to a browser "//x/" is another host
        return there
    return "/en/" if code == "en" else "/"


def _switch_words(code: str) -> str:
    """Said in the language it leads to, since that is who looks for it."""
    with override(code):
        return _("Read this page in English") if code == "en" else _("Read this page in Chinese")
