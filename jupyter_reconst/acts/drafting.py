"""First drafts of amendments: the library's articles, the person's own words as they are, an article that is near, and
one that may have caused the problem. No call is made here; what the model writes itself is asked for in `propose`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from jupyter_reconst.core import failures
from jupyter_reconst.core.amendments import Action, Reach
from jupyter_reconst.core.annotations import Annotation, Source
from jupyter_reconst.core.constitution import Article, Constitution, Draft
from jupyter_reconst.core.failures import Finding
from jupyter_reconst.core.turns import Turn

NEAR = 0.34
"""An article that shares this part of its words with the new one is revised rather than joined by a second one."""
_SHORT = 160

_WORD = re.compile(r"[^\W\d_]{3,}")
_COMMON = frozenset(
    word
    for line in (
        "the and for that this with are was were not but its has have had any all when then reply replies answer",
        "answers says say would should what which who from into than them they there their about instead something",
        "like write words only does did can one must where how why you your question researcher",
    )
    for word in line.split()
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A row to be filled. Without a draft the model writes one; `fallback` stands in where it has nothing to say."""

    source: Source
    action: Action = "add"
    reach: Reach = "kind"
    draft: Draft | None = None
    article: Article | None = None
    fallback: Draft | None = field(default=None)
    failure: str = ""


def plans(
    constitution: Constitution,
    annotations: tuple[Annotation, ...],
    turn: Turn | None,
    reading: str,
    writer: Source | None,
    *,
    small: bool = False,
) -> list[Plan]:
    """The rows, in their order: library, own words, model at two levels, revision, repeal.

    `writer` is the model, where there is one; a small one is asked for a single draft.
    """
    finding = found(annotations, turn, reading)
    own = own_words(annotations, turn)
    rows: list[Plan] = []
    if finding is not None:
        source = Source(by="library", name=finding.name)
        rows.append(Plan(source, draft=finding.general, reach="kind", failure=finding.kind))
        rows.append(Plan(source, draft=finding.specific, reach="case", failure=finding.kind))
    if own is not None and (finding is None or _own(annotations)):
        rows.append(Plan(Source(by="person"), draft=own, reach="case"))
    if writer is not None:
        rows.append(Plan(writer, reach="kind"))
        if not small:
            rows.append(Plan(writer, reach="case"))
    model_draft = finding.general if finding else own
    near = nearest(constitution, model_draft, annotations)
    if near is not None:
        merged = joined(near, model_draft) if model_draft else None
        by = writer if writer is not None and not small else Source(by="library", name="joined wording")
        if by is writer or merged is not None:
            draft = None if by is writer else merged
            rows.append(Plan(by, action="revise", draft=draft, article=near, fallback=merged))
    cause = suspect(constitution, annotations, turn)
    if cause is not None:
        rows.append(Plan(Source(by="library", name="leave one out"), action="repeal", article=cause))
    in_force = {(article.when, article.then) for article in constitution.effective}
    return [row for row in rows if row.draft is None or (row.draft.when, row.draft.then) not in in_force]


def found(annotations: tuple[Annotation, ...], turn: Turn | None, reading: str) -> Finding | None:
    """The library's finding that most corrections have in common; the kind that a person picked comes first."""
    prompt = turn.prompt if turn else ""
    scores: dict[str, float] = {}
    first: dict[str, Finding] = {}
    for annotation in annotations:
        if annotation.motivation == "assessing":
            continue
        target = annotation.target
        picked = {body.source.name for body in annotation.body if body.source and body.source.by == "library"}
        for finding in failures.rank(target.quote, reading or target.quote, prompt, target.part):
            first.setdefault(finding.kind, finding)
            weight = finding.score + (1 if finding.name in picked else 0)
            scores[finding.kind] = scores.get(finding.kind, 0) + weight
    best = max(scores, key=lambda kind: scores[kind], default=None)
    return first[best] if best is not None and scores[best] / len(annotations) >= 0.15 else None


def own_words(annotations: tuple[Annotation, ...], turn: Turn | None) -> Draft | None:
    """The person's words as a rule, without interpretation: this very case and no other."""
    annotation = annotations[0]
    quote, said = annotation.target.quote.strip(), annotation.said("editing").strip()
    asked = cut(" ".join(turn.prompt.split())) if turn else ""
    question = f"a question like “{asked}” is answered" if asked else "a reply is written"
    why = cut(annotation.said("describing"), 400)
    if annotation.motivation == "assessing":
        if not quote:
            return None
        then = f"keep doing what was done here: “{cut(quote, 600)}”"
        return Draft(title=_title("Keep", quote), when=question, then=then, why="The researcher asked to keep this.")
    if not said:
        return None
    if annotation.target.part == "words" and quote:
        when, then = f"the reply would say “{cut(quote, 600)}”", f"say this instead: “{cut(said, 1_200)}”"
        return Draft(title=_title("Instead of", quote), when=when, then=then, why=why)
    if annotation.target.part == "missing":
        then = f"also say this: “{cut(said, 1_200)}”"
        return Draft(title=_title("Also say", said), when=question, then=then, why=why)
    return Draft(title=_title("", said), when=question, then=cut(said, 1_200), why=why)


def nearest(constitution: Constitution, draft: Draft | None, annotations: tuple[Annotation, ...]) -> Article | None:
    """The article in force that already speaks of this, by the words of its title and WHEN."""
    about = [draft.title, draft.when] if draft else []
    about += [text for a in annotations for text in (a.target.quote, a.said("editing"), a.said("describing"))]
    wanted = content(" ".join(about))
    scored = [(overlap(content(f"{a.title} {a.when}"), wanted), a) for a in constitution.effective]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= NEAR else None


def suspect(constitution: Constitution, annotations: tuple[Annotation, ...], turn: Turn | None) -> Article | None:
    """An article sent with the turn whose THEN speaks the words that were highlighted as wrong."""
    if turn is None or all(a.motivation == "assessing" for a in annotations):
        return None
    sent = {entry.article for entry in turn.applied if entry.sent}
    wrong = content(" ".join(f"{a.target.quote} {a.said('describing')}" for a in annotations))
    scored = [(overlap(content(a.then), wrong), a) for a in constitution.effective if a.id in sent]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= NEAR else None


def joined(article: Article, draft: Draft) -> Draft:
    """An article's wording that also covers a second one, put together without interpretation."""
    when = article.when if draft.when in article.when else f"{article.when.rstrip(' .;')}; or {draft.when}"
    then = article.then if draft.then in article.then else f"{article.then.rstrip(' .;')}; and {draft.then}"
    return article.draft.model_copy(update={"when": when[:4_000], "then": then[:4_000]})


def content(text: str) -> frozenset[str]:
    """The words of a text that carry its meaning, cut to a common stem of six letters."""
    return frozenset(word[:6] for word in _WORD.findall(text.lower()) if word not in _COMMON)


def keywords(text: str, most: int) -> str:
    """The first different words of a text that carry meaning, whole, to search with."""
    found = (word for word in _WORD.findall(text.lower()) if word not in _COMMON)
    return " ".join(list(dict.fromkeys(found))[:most])


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The part of the smaller set that both share, in [0, 1]; one shared word is chance."""
    shared = len(one & other)
    return shared / min(len(one), len(other)) if shared > 1 else 0.0


def told(annotations: Iterable[Annotation]) -> str:
    """The corrections as text, for a model to read as data."""
    parts = []
    for number, annotation in enumerate(annotations, 1):
        target = annotation.target
        wrong = {"missing": "Something is missing", "whole": "The whole reply"}.get(target.part) or target.quote
        label = "Praised" if annotation.motivation == "assessing" else "Wrong"
        lines = [f"{number}. {label}: {wrong[:2_000]}"]
        lines += [f"   Right: {said[:2_000]}" for said in [annotation.said("editing")] if said]
        lines += [f"   Why: {why[:1_000]}" for why in [annotation.said("describing")] if why]
        parts.append("\n".join(lines))
    return "\n".join(parts)


def _own(annotations: tuple[Annotation, ...]) -> bool:
    """Whether the person wrote the correction, rather than picked one."""
    return any(
        body.purpose == "editing" and (body.source is None or body.source.by == "person")
        for body in annotations[0].body
    )


def cut(text: str, size: int = _SHORT) -> str:
    """The beginning of a text, in one line."""
    text = " ".join(text.split())
    return text if len(text) <= size else f"{text[: size - 1].rstrip()}…"


def _title(lead: str, words: str) -> str:
    return f"{lead} {cut(words, 60)}".strip()
