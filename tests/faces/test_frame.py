"""The frame of every page: brightness without a flash, the same page in the other language, no inline code."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.utils.translation import override

from marketplace import context

TEMPLATES = sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html"))


@pytest.mark.parametrize(
    ("cookie", "theme"), [("dark", "dark"), ("light", "light"), ('"><script>', "auto"), ("", "auto")]
)
def test_the_server_writes_the_chosen_brightness_and_nothing_else(cookie: str, theme: str) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie
    assert context.chosen_theme(request) == theme


def test_the_language_switch_leads_to_the_same_page() -> None:
    with override("zh-hans"):
        there = context.other_language(RequestFactory().get("/accounts/login/?next=/"))
    assert (there["code"], there["url"]) == ("en", "/en/accounts/login/?next=/")
    with override("en"):
        back = context.other_language(RequestFactory().get("/en/accounts/login/"))
    assert (back["code"], back["url"]) == ("zh-hans", "/accounts/login/")


def test_a_page_that_is_none_leads_to_the_front_page() -> None:
    with override("zh-hans"):
        assert context.other_language(RequestFactory().get("/no/such/page"))["url"] == "/en/"


@pytest.mark.parametrize("address", ["//evil.example/", "//evil.example/challenges/", "/en//evil.example/"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_language_switch_never_leads_to_another_host(language: str, address: str) -> None:
    """A browser reads an address that begins with two strokes as that of a host."""
    request = RequestFactory().get("/")
    request.path = address  # as a server hands it on; the factory would read a host out of it
    with override(language):
        assert not context.other_language(request)["url"].startswith("//")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.name))
def test_no_template_carries_inline_code_or_another_host(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"""<style\b|\sstyle=|\son\w+=["']|javascript:""", text)
    assert not re.search(r"<script\b(?![^>]*\bsrc=)", text)
    assert not re.search(r"""(?:src|href|action)=["']https?://""", text)
