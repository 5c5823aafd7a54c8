"""Names of mail domains. Pure."""

import re

LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
LONGEST = 253
MAILBOXES = ("postmaster", "hostmaster", "webmaster", "admin", "administrator")
"""Mailboxes of whoever runs a domain: the five that certificate authorities write to, three of them of RFC 2142."""

PUBLIC_MAIL = frozenset(
    [
        "qq.com",
        "vip.qq.com",
        "foxmail.com",
        "163.com",
        "vip.163.com",
        "126.com",
        "yeah.net",
        "188.com",
        "sina.com",
        "sina.cn",
        "vip.sina.com",
        "sohu.com",
        "139.com",
        "189.cn",
        "wo.cn",
        "aliyun.com",
        "21.cn",
        "tom.com",
        "263.net",
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "msn.com",
        "yahoo.com",
        "yahoo.co.jp",
        "icloud.com",
        "me.com",
        "proton.me",
        "protonmail.com",
        "gmx.de",
        "gmx.net",
        "web.de",
        "mail.ru",
        "yandex.ru",
        "naver.com",
        "zoho.com",
        "aol.com",
    ]
)
"""Where everybody can have an address, and some of them even that of a postmaster."""


def is_public_mail(name: str) -> bool:
    """Whether a normalised name is one of them."""
    return name in PUBLIC_MAIL


def normalised(typed: str) -> str:
    """The domain in the form in which mail servers know it; also from an address. Raises UnicodeError for no name."""
    name = typed.strip().rpartition("@")[2].rstrip(".").lower()
    return name.encode("idna").decode("ascii") if name else ""


def is_domain(name: str) -> bool:
    """Whether a normalised name is one of at least two labels, the last of which is no number."""
    labels = name.split(".")
    well_formed = len(labels) > 1 and all(LABEL.fullmatch(label) for label in labels)
    return well_formed and len(name) <= LONGEST and not labels[-1].isdigit()


def of_address(address: str) -> str:
    """The domain an e-mail address stands at, normalised; empty where there is none."""
    try:
        return normalised(address) if "@" in address else ""
    except UnicodeError:
        return ""
