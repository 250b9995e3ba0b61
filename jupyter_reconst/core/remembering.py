"""What a line of the journal says to the person who did it, in one sentence. A missing part is never guessed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import Field, ValidationError

from jupyter_reconst.core.annotations import Annotation, TextQuoteSelector
from jupyter_reconst.core.constitution import Article
from jupyter_reconst.core.nouns import Id, Noun
from jupyter_reconst.core.ports import Event


class Deed(Noun):
    """A line in words, or without any where it says nothing of its own."""

    text: str = ""
    meta: str = Field(default="", description="By whom, with what, or why")
    before: str = Field(default="", description="A wording before it was revised, and after that")
    after: str = ""
    restores: Id | None = Field(default=None, description="The revision that can be brought back")


class Remembered(Event):
    """A line of the journal, and what it says."""

    deed: Deed = Deed()


def deed(line: Event, revisions: Iterable[Article], law: Iterable[Article]) -> Deed:
    """What a line says, given all revisions of the notebook and the articles in force now."""
    body = line.body
    match line.kind:
        case "turn":
            return _turn(body)
        case "keep" if body.get("prompt"):
            kept = f"Kept an answer: {short(body['prompt'], 90)}"
            return Deed(text="Took that back" if body.get("undoes") else kept, meta=body.get("says") or "")
        case "annotation":
            return _annotation(body)
        case "preview" if tried := body.get("tried"):
            without = "without " if tried["preview"]["amendment"]["action"] == "repeal" else ""
            return Deed(text=f"Previewed {without}“{body['title']}”", meta=body["says"])
        case "proposal" | "vote" | "rule":
            return _agreed(line.kind, body)
        case "ratification":
            return _together(body) or _ratified(body, tuple(revisions), law)
        case "acceptance":
            articles = body.get("articles")
            return Deed(
                text="Took a constitution into use"
                if articles is None
                else f"Took {_count(len(articles), 'article')} into use"
            )
        case "forget":
            return Deed(text="Erased the text of a turn")
    return Deed()


def short(text: str, most: int) -> str:
    """At most so many characters in a line, ending in an ellipsis where it is cut."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def _turn(body: dict[str, Any]) -> Deed:
    if not body.get("prompt"):
        return Deed(text="A turn; its text was erased")
    status = body.get("status", "complete")
    meta = (body.get("model"), "" if status == "complete" else status)
    name = "Another answer" if body.get("varies") else "Asked"
    return Deed(text=f"{name}: {short(body['prompt'], 90)}", meta=" · ".join(filter(None, meta)))


def _annotation(body: dict[str, Any]) -> Deed:
    try:
        annotation = Annotation.model_validate(body)
    except ValidationError:  # Forgotten, or written by another version.
        return Deed()
    quotes = (s for s in annotation.target.selector if isinstance(s, TextQuoteSelector))
    quote = short(next((s.exact or s.prefix for s in quotes), ""), 60) or "the whole reply"
    said = short(annotation.said("editing"), 80)
    if annotation.motivation == "assessing":
        return Deed(text=f"Kept “{quote}”")
    return Deed(text=f"Corrected “{quote}” to “{said}”" if said else f"Highlighted “{quote}”")


def _agreed(kind: str, body: dict[str, Any]) -> Deed:
    """What one proposed, voted, or set as the rule, in the records that it wrote."""
    records = list((body.get("change") or {}).get("writes", {}).values())
    if kind == "rule":
        return Deed(text="Set who ratifies")
    if kind == "vote":
        vote = records[0] if records else {}
        said = {"agree": "Agreed with", "pass": "Passed on", "disagree": "Disagreed with"}
        done = said.get(str(vote.get("answer")), "Voted on")
        return Deed(text=f"{done} a proposal", meta=short(vote.get("why", ""), 80))
    amendment = next((record["amendment"] for record in records if record.get("amendment")), None)
    if amendment is None:
        return Deed(text="Proposed a rule")
    draft = amendment.get("draft")
    return Deed(text=f"Proposed: {draft['title']}" if draft else "Proposed a repeal")


def _together(body: dict[str, Any]) -> Deed | None:
    """A change of several articles at once."""
    if adopted := body.get("adopted"):
        return Deed(text=f"Took {_count(len(adopted['articles']), 'article')} of {short(adopted['file'], 60)}")
    if body.get("restored"):
        return Deed(text="Restored an earlier constitution")
    return Deed(text="Took that back") if body.get("undone") else None


def _ratified(body: dict[str, Any], revisions: tuple[Article, ...], law: Iterable[Article]) -> Deed:
    amendment = body.get("amendment") or {}
    try:
        article = Article.model_validate((body.get("change") or {}).get("article"))
    except ValidationError:
        return Deed(text=f"Added: {(amendment.get('draft') or {}).get('title', '')}")
    title, meta = article.title, article.provenance.author
    now = next((one for one in law if one.id == article.id), None)
    restores = None if article.repealed or (now and _reads(now) == _reads(article)) else article.revision
    if article.repealed or amendment.get("action") == "repeal":
        place = (body.get("promoted") or {}).get("place")
        return Deed(text=f"Promoted to {place}: {title}" if place else f"Repealed: {title}", meta=meta)
    if not article.parents:
        return Deed(text=f"Added: {title}", meta=meta, restores=restores)
    parents = (one for one in revisions if (one.id, one.revision) == (article.id, article.parents[0]))
    before = next(parents, None)
    if before is None:
        return Deed(text=f"Revised: {title}", meta=meta, restores=restores)
    if before.repealed:
        return Deed(text=f"Brought back: {title}", meta=meta, restores=restores)
    if before.enabled != article.enabled:
        switched = "on" if article.enabled else "off"
        return Deed(text=f"Switched {switched}: {title}", meta=meta, restores=restores)
    if (_spelt(before), before.title) == (_spelt(article), title):
        return Deed(text=f"Moved: {title}", meta=meta)
    return Deed(text=f"Revised: {title}", meta=meta, before=_spelt(before), after=_spelt(article), restores=restores)


def _reads(article: Article) -> tuple[object, ...]:
    """Everything that restoring brings back."""
    a = article
    return (a.title, a.when, a.then, a.why, a.source, a.kind, a.always, a.enabled)


def _spelt(article: Article) -> str:
    return f"{article.when}; {article.then}"


def _count(count: int, one: str) -> str:
    return f"{count} {one}{'' if count == 1 else 's'}"
