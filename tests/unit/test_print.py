"""A preview as a page: it says what the view says, loads nothing, and whatever others wrote in it is text."""

from __future__ import annotations

from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from jupyter_reconst.acts.print import page, printed
from jupyter_reconst.core.constitution import Draft
from jupyter_reconst.core.errors import NotFound
from jupyter_reconst.core.evidence import evidence_of
from jupyter_reconst.core.impact import Impact, Judgement, Preview, Probe
from jupyter_reconst.core.requests import Print
from jupyter_reconst.core.turns import Reply
from tests.fakes import ANA, an_id, reconst
from tests.scenes import adding

HOSTILE = "<img src=x onerror=alert(1)></style></title><!-- </p>\"'&lt;\u202e"
WISH = Print(preview=an_id(1), name=f"Article 8: {HOSTILE}", draft=Draft(title="t", when=HOSTILE, then="say so"))


def row(n: int, before: str, after: str, **fields: object) -> Impact:
    return Impact.model_validate(
        {
            "probe": Probe(id=an_id(n), bin="near", prompt=f"Question {n} {HOSTILE}", chosen="similar words"),
            "before": Reply(text=before),
            "after": Reply(text=after),
            "verdict": "unintended" if before != after else "unchanged",
            "distance": 0.5 if before != after else 0,
            "noise": 0,
            **fields,
        }
    )


def preview(*rows: Impact, **fields: object) -> Preview:
    found = Preview(
        id=an_id(1),
        notebook=an_id(2),
        amendment=adding("x", "y"),
        before="a" * 64,
        after="b" * 64,
        model="lab-70b",
        status="done",
        planned=len(rows),
        rows=rows,
        calls=104,
        saved=9,
        tokens=21_000,
        cost=0.0734,
        ended="all",
        created=datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
        evidence=evidence_of(rows),
    )
    return found.model_copy(update=fields)


class Read(HTMLParser):
    """The elements, their attributes, and the text, as a browser has them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def test_nothing_that_others_wrote_is_anything_but_text_and_nothing_is_loaded() -> None:
    read = Read(page(preview(row(1, HOSTILE, f"{HOSTILE} more"), model=HOSTILE), WISH))
    active = {"script", "img", "iframe", "object", "embed", "link", "base", "form", "a", "image", "use"}
    assert not active & set(read.tags)
    names = {name for name, _ in read.attributes}
    assert not [name for name in names if name.startswith("on") or name in ("src", "href", "style", "srcdoc")]
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in read.attributes
    assert read.tags.count("style") == 1 and "url(" not in read.text and "@import" not in read.text
    assert read.text.count("<img src=x onerror=alert(1)>") >= 6
    assert "\u202e" not in read.text and "⟦U+202E⟧" in read.text


def test_it_says_what_the_view_says() -> None:
    judged = Judgement(first="before", second="after")
    rows = (
        row(1, "It goes back to Delacroix.", "No source found.", mark="regression", certainty="likely"),
        row(2, "As above.", "As above."),
        row(3, "one", "two", judgement=judged, why="changed; nobody asked for it"),
    )
    text = page(preview(*rows), WISH)
    read = Read(text)
    assert read.tags.count("div") == 3 + 2, "every row, and both replies where they differ"
    assert "Look at what it breaks." in read.text
    assert "Of 3 turns that it should leave alone, 2 changed" in read.text
    assert "Beta-mixture confidence sequence, 95%" in read.text
    assert "Ended: every probe was tried. $0.07 · 104 calls · 21,000 tokens · 9 from before · lab-70b" in read.text
    assert "Look-alikes · similar words · likely · You marked it: regression" in read.text
    assert "Judge, no agreement: today’s reply is better; the other way round, the new reply is better." in read.text
    assert read.text.index("Regression 1") < read.text.index("Unintended 1") < read.text.index("Unchanged 1")
    assert "<del>It goes back to Delacroix</del>" in text.replace("</del> <del>", " ")
    assert next((n, (v or "")[:8]) for n, v in read.attributes if n == "points") == ("points", "0.0,60.0")


def test_while_it_runs_or_does_nothing_it_claims_no_more() -> None:
    same = row(1, "As above.", "As above.")
    assert "So far." in page(preview(same, status="running", ended=""), WISH)
    assert "It does not do its work." in page(preview(same, effect="none"), WISH)
    assert "price unknown · 104 calls" in page(preview(same, cost=None), WISH)


def test_a_thousand_rows_are_drawn_in_few_points() -> None:
    read = Read(page(preview(*(row(n, "As above.", "As above.") for n in range(1_000))), WISH))
    assert read.attributes.count(("class", "row")) == 1_000
    points = next(value for name, value in read.attributes if name == "points")
    assert points is not None and len(points.split()) <= 402


async def test_somebody_elses_is_not_found() -> None:
    with pytest.raises(NotFound):
        await printed(reconst().ports, ANA, WISH)
