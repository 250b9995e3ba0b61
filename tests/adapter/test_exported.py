"""T5 outside of JupyterLab: a reply that nbconvert exports to HTML fetches nothing and links nowhere."""

from __future__ import annotations

import json
import random
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from jupyter_reconst.core.markdown import inert
from jupyter_reconst.doors.show import Shown

EXAMPLES: list[dict[str, str]] = json.loads((Path(__file__).parents[1] / "data" / "inert.json").read_text("utf-8"))
LURES = [
    "![x](https://evil.example/i.png)",
    '<img src="https://evil.example/i.png">',
    '<link rel="stylesheet" href="https://evil.example/s.css"><iframe src="https://evil.example"></iframe>',
    '<div style="background:url(https://evil.example/b.png)">x</div>',
    "[r]\n\n[r]: https://evil.example/r.png",
    "<svg><image href='https://evil.example/s.svg'/></svg>",
]


class Fetching(HTMLParser):
    """Everything in a page that may fetch or lead somewhere, but for what nbconvert itself writes into its head."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or tag == "main"
        names = ("src", "href", "srcset", "data", "style", "action")
        leads = [value for name, value in attrs if name in names and value and not value.startswith("#")]
        if self.inside and (tag in ("img", "iframe", "object", "embed", "link", "form", "image") or leads):
            self.found.append(f"{tag} {leads}")


class Publisher:
    """Keeps what a cell would show."""

    def __init__(self) -> None:
        self.data: dict[str, Any] = {}
        self.metadata: dict[str, Any] = {}

    def publish(self, data: dict[str, Any], metadata: dict[str, Any], **more: Any) -> None:
        self.data, self.metadata = data, metadata


def shown(reply: str) -> Any:
    publisher = Publisher()
    record = {"turn": "t", "parent": None, "model": "m", "digest": "d", "reply": "", "note": ""}
    Shown(publisher, record).end({**record, "reply": reply})
    return nbformat.v4.new_output("display_data", data=publisher.data, metadata=publisher.metadata)


def test_zero_egress_of_an_exported_page() -> None:
    replies = [example["reply"] for example in EXAMPLES] + LURES
    cells = [nbformat.v4.new_code_cell("%%reconst\nWhy?", outputs=[shown(reply)]) for reply in replies]
    page, _ = HTMLExporter(anchor_link_text="").from_notebook_node(nbformat.v4.new_notebook(cells=cells))
    assert page.count("evil.example") >= len(LURES)  # The words are there, as words.
    parser = Fetching()
    parser.feed(page)
    assert parser.found == []
    assert parser.inside


BITS = [
    *("\\begin{a}", "\\end{a}", "\\begin{Vm}\\\\[\\end{Vm}", "$\\end{a}\\begin{a}$", "$x\\\\[2pt]$", "`\\begin{a}`"),
    *("$$", "$", "\\[", "\\]", "\\(", "\\)", "\\\\[", "\\\\]", "\\\\(", "\\\\)", "\\", "`", "``", "```", "~~~"),
    *("\n", "\n\n", "\n    ", "- ", "> ", "# ", "|a|b|\n|-|-|\n", "a", " "),
    *(
        "![x](https://evil.example/i)",
        "<img src=//evil.example>",
        "[r]",
        "\n[r]: https://evil.example\n",
        "https://a.example",
    ),
]


def test_no_mixture_of_formulas_code_and_lures_gets_through() -> None:
    chance = random.Random(7)

    def some(low: int, high: int) -> str:
        return "".join(chance.choice(BITS) for _ in range(chance.randint(low, high)))

    tried = 6_000
    for _ in range(tried):
        reply = f"{some(1, 4)}\n```\n{some(1, 4)}\n![x](https://evil.example)\n{some(0, 2)}\n```{some(0, 3)}"
        parser = Fetching()
        parser.inside = True
        parser.feed(markdown2html_mistune(inert(reply)))
        assert parser.found == [], reply
    print(f"\nexported pages: {tried} mixtures, 0 that fetch or link")
