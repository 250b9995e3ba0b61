"""Lines of the journal in words: what was done, what changed in it, and what can be brought back."""

from __future__ import annotations

from typing import Any

import pytest

from jupyter_reconst.core.constitution import Article
from jupyter_reconst.core.ports import Event, EventKind
from jupyter_reconst.core.remembering import Deed, deed, short
from tests.fakes import an_id
from tests.scenes import AT, annotation, article


def told(kind: EventKind, body: dict[str, Any], revisions: tuple[Article, ...] = (), *law: Article) -> Deed:
    line = Event(id=an_id(1), owner="ana", notebook=an_id(2), kind=kind, body=body, created=AT)
    return deed(line, revisions, law)


def brief(n: int, then: str = "be brief", **fields: Any) -> Article:
    parents = (an_id(900 + n - 1),) if n > 1 else ()
    made = article(1, "always", then, title="Brief", parents=parents, **fields)
    return made.model_copy(update={"revision": an_id(900 + n)})


def ratified(*revisions: Article, now: Article | None = None) -> list[Deed]:
    """What the ratification of each revision says, newest first."""
    law = (now,) if now else ()
    bodies = [{"change": {"article": one.model_dump(mode="json")}} for one in reversed(revisions)]
    return [told("ratification", body, revisions, *law) for body in bodies]


def test_what_reads_otherwise_now_can_be_brought_back_and_nothing_else() -> None:
    first, second = brief(1), brief(2, "be very brief")
    newer, older = ratified(first, second, now=second)
    assert (newer.text, newer.before, newer.after) == ("Revised: Brief", "always; be brief", "always; be very brief")
    assert (older.text, newer.restores, older.restores) == ("Added: Brief", None, first.revision)
    sourced = brief(2, source="arXiv:1611.08219")
    assert ratified(first, sourced, now=sourced)[1].restores == first.revision


def test_each_way_to_change_an_article_has_its_word() -> None:
    gone, back = brief(2, repealed=True), brief(3)
    assert [d.text for d in ratified(brief(1), gone, back, now=back)] == [
        "Brought back: Brief",
        "Repealed: Brief",
        "Added: Brief",
    ]
    assert all(d.restores is None for d in ratified(brief(1), gone, back, now=back))
    off = brief(2, enabled=False)
    assert ratified(brief(1), off)[0].text == "Switched off: Brief"
    assert ratified(off, brief(3))[0].text == "Switched on: Brief"
    assert ratified(brief(1), brief(2).model_copy(update={"order": "z"}))[0].text == "Moved: Brief"
    assert ratified(brief(2))[0].text == "Revised: Brief", "of a revision that the notebook lost, no wording"
    body = {"change": {"article": gone.model_dump(mode="json")}, "promoted": {"place": "lab/constitution.md"}}
    assert told("ratification", body).text == "Promoted to lab/constitution.md: Brief"
    draft = {"change": {}, "amendment": {"action": "add", "draft": {"title": "Brief"}}}
    assert told("ratification", draft).text == "Added: Brief"


def test_several_articles_at_once_are_one_line_and_none_is_brought_back_alone() -> None:
    adopted = {"file": "careful.md", "articles": ["a", "b"]}
    bodies = [{"adopted": adopted}, {"restored": "v1"}, {"undone": "c"}]
    deeds = [told("ratification", {"change": {}, **body}) for body in bodies]
    assert [d.text for d in deeds] == [
        "Took 2 articles of careful.md",
        "Restored an earlier constitution",
        "Took that back",
    ]
    assert {d.restores for d in deeds} == {None}


@pytest.mark.parametrize(
    ("kind", "body", "text", "meta"),
    [
        ("turn", {"prompt": "Why?", "model": "lab-70b", "status": "complete"}, "Asked: Why?", "lab-70b"),
        ("turn", {"prompt": "Why?", "model": "m", "status": "failed"}, "Asked: Why?", "m · failed"),
        ("turn", {"prompt": "Why?", "varies": "u"}, "Another answer: Why?", ""),
        ("turn", {}, "A turn; its text was erased", ""),
        ("keep", {"prompt": "Why?", "says": "m · plain"}, "Kept an answer: Why?", "m · plain"),
        ("keep", {"prompt": "Why?", "says": "m", "undoes": "k"}, "Took that back", "m"),
        ("keep", {"chosen": "t"}, "", ""),
        ("annotation", {}, "", ""),
        ("acceptance", {"articles": ["a"]}, "Took 1 article into use", ""),
        ("acceptance", {}, "Took a constitution into use", ""),
        ("forget", {}, "Erased the text of a turn", ""),
        ("preview", {}, "", ""),
        ("row", {}, "", ""),
    ],
)
def test_every_kind_of_line(kind: EventKind, body: dict[str, Any], text: str, meta: str) -> None:
    found = told(kind, body)
    assert (found.text, found.meta) == (text, meta)


def test_a_highlight_by_what_was_said_of_it() -> None:
    def said(correction: str, **fields: Any) -> str:
        return told("annotation", annotation("it is known", correction, **fields).model_dump(mode="json")).text

    assert said("") == "Highlighted “it is known”"
    assert said("Ng (2000) show it") == "Corrected “it is known” to “Ng (2000) show it”"
    assert said("", motivation="assessing") == "Kept “it is known”"


def test_a_preview_by_what_was_seen() -> None:
    def seen(action: str) -> Deed:
        return told(
            "preview", {"title": "Brief", "says": "24 probes", "tried": {"preview": {"amendment": {"action": action}}}}
        )

    assert (seen("add").text, seen("add").meta) == ("Previewed “Brief”", "24 probes")
    assert seen("repeal").text == "Previewed without “Brief”"


def test_what_one_proposed_voted_and_set_as_the_rule() -> None:
    def did(kind: EventKind, *records: dict[str, Any]) -> Deed:
        return told(kind, {"change": {"writes": {f"k{n}": record for n, record in enumerate(records)}}})

    own = {"answer": "agree", "why": ""}
    assert did("proposal", {"amendment": {"draft": {"title": "Brief"}}}, own).text == "Proposed: Brief"
    assert did("proposal", {"amendment": {"draft": None}}, own).text == "Proposed a repeal"
    assert did("proposal", {"amendment": None, "terms": {}}, own).text == "Proposed a rule"
    against = did("vote", {"answer": "disagree", "why": "too strict"})
    assert (against.text, against.meta) == ("Disagreed with a proposal", "too strict")
    assert did("rule", {"terms": {}}).text == "Set who ratifies"


def test_a_long_line_ends_in_an_ellipsis() -> None:
    assert (short("a\n b", 9), short("one two three", 8)) == ("a b", "one two…")
