"""docs/provisions.md, written from the rows that the page /about/provisions/ shows."""

from collections.abc import Iterator
from pathlib import Path

from marketplace.provisions.catalogue import Catalogue, Document, Provision, State, Words, catalogue

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "provisions.md"
SAID = {
    State.WORKS: "works 已实现",
    State.PARTLY: "partly 部分实现",
    State.PLANNED: "planned 计划中",
    State.NOT_BUILT: "not built 不建设",
}
HEAD = """\
# Provisions and what is built · 条款落实情况

<!-- Written by `python3 dev.py provisions` from marketplace/provisions/data/provisions.json. Do not edit. -->

The provisions of five policy documents in our own words, and how far this software carries them out. The product
shows the same rows at `/about/provisions/`. The numbers are those that code and tests name.

- **works**: what software can do for it can be done today, and the tests named pass; a run in which one of them fails
  or is skipped is red.
- **partly**: some of it can be done; what is missing is said.
- **planned**: it waits for what is said; there is no date.
- **not built**: outside what software does, or left out on purpose.

五份政策文件的条款，以我们自己的话概括，并说明本软件落实到什么程度；产品中的页面是 `/about/provisions/`。
"""


def written(whole: Catalogue) -> str:
    """The whole document."""
    return "\n".join([HEAD, *_counts(whole), *_limits(whole), *(line for one in whole.documents for line in _of(one))])


def _counts(whole: Catalogue) -> Iterator[str]:
    yield "| document | " + " | ".join(SAID[state] for state in State) + " | all |"
    yield "|---" * (len(State) + 2) + "|"
    for document in whole.documents:
        yield _counted(document.title.zh, [Catalogue((document,), ()).counts()[state] for state in State])
    yield _counted("all 合计", [whole.counts()[state] for state in State])
    yield ""


def _counted(name: str, numbers: list[int]) -> str:
    return f"| {name} | " + " | ".join(str(number) for number in [*numbers, sum(numbers)]) + " |"


def _limits(whole: Catalogue) -> Iterator[str]:
    yield "## What has to be said about reading them · 需要说明的几点\n"
    yield from (f"- {limit.en}\n  {limit.zh}" for limit in whole.limits)
    yield ""


def _of(document: Document) -> Iterator[str]:
    yield f"## {document.title.en}\n"
    number = f" · {document.number}" if document.number else ""
    yield f"{document.title.zh} · {document.issuer.zh}{number} · {document.dated}\n"
    yield f"{_both(document.note)}\n"
    yield "| no. | clause | provision | state | why, where, tests |"
    yield "|---|---|---|---|---|"
    yield from (_row(row) for row in document.provisions)
    yield ""


def _row(row: Provision) -> str:
    rest = [_both(row.why)] if row.why else []
    rest += [f"page `{row.page}`"] if row.page else []
    rest += [f"`{test}`" for test in row.tests]
    return f"| {row.id} | {row.clause} | {_both(row.line)} | {SAID[row.state]} | {'<br>'.join(rest)} |"


def _both(words: Words) -> str:
    return f"{words.zh}<br>{words.en}".replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(written(catalogue()), encoding="utf-8")
