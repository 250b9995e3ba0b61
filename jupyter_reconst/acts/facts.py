"""First drafts of a fact out of corrections: what is so, what it is about, and the source that the person named.

Nothing is invented. The person's own draft puts the correction into the sentence that it corrects; a source is taken
from the person's words or left empty, to be said before the fact can be ratified. A model may word it better.
"""

from __future__ import annotations

from jupyter_reconst.acts.drafting import Plan, cut, nearest, suspect
from jupyter_reconst.core.annotations import Annotation, Source
from jupyter_reconst.core.constitution import Constitution, Draft
from jupyter_reconst.core.failures.span import sentences
from jupyter_reconst.core.references.ids import identifiers
from jupyter_reconst.core.turns import Turn

_ABOUT = "this comes up: "
_STATEMENT = 1_200


def facts(
    constitution: Constitution,
    annotations: tuple[Annotation, ...],
    turn: Turn | None,
    reading: str,
    writer: Source | None,
) -> list[Plan]:
    """The rows: the person's words, the model's, a known fact that is near in these words, one that was wrong.

    `writer` is the model, where there is one that can word a fact.
    """
    own = own_fact(annotations, turn, reading)
    rows = [Plan(Source(by="person"), draft=own, reach="case")] if own else []
    if writer is not None:
        rows.append(Plan(writer, reach="case", fallback=own))
    known = Constitution(articles=tuple(a for a in constitution.effective if a.kind == "knowledge"))
    near = nearest(known, own, annotations)
    if near is not None and own is not None:
        said = {"then": own.then, "source": own.source, "why": own.why}
        rows.append(Plan(Source(by="person"), action="revise", article=near, draft=near.draft.model_copy(update=said)))
    cause = suspect(known, annotations, turn)
    if cause is not None:
        rows.append(Plan(Source(by="library", name="leave one out"), action="repeal", article=cause))
    in_force = {(article.when, article.then) for article in constitution.effective}
    return [row for row in rows if row.draft is None or (row.draft.when, row.draft.then) not in in_force]


def own_fact(annotations: tuple[Annotation, ...], turn: Turn | None, reading: str) -> Draft | None:
    """The first correction as a fact; None where the person has not said what is so."""
    annotation = annotations[0]
    statement = cut(stated(annotation, reading), _STATEMENT)
    if not statement:
        return None
    about = cut(" ".join(turn.prompt.split())) if turn else cut(annotation.target.quote)
    return Draft(
        title=cut(about or statement, 60),
        when=f"{_ABOUT}{about}" if about else "",
        then=statement,
        why=cut(annotation.said("describing"), 400),
        source=named_source(said_of(annotations)),
        kind="knowledge",
        always=False,
    )


def stated(annotation: Annotation, reading: str) -> str:
    """What is so: the corrected sentence, with the correction in the place of the highlighted words."""
    quote, said = annotation.target.quote.strip(), annotation.said("editing").strip()
    if not (quote and said) or annotation.target.part != "words" or annotation.motivation == "assessing":
        return said
    whole = next((one for one in sentences(reading) if quote in one and quote != one), None)
    if whole is None or said.endswith((".", "!", "?")):
        return said
    return whole.replace(quote, said, 1)


def said_of(annotations: tuple[Annotation, ...]) -> str:
    """Everything that the person said about the words."""
    return "\n".join(text for a in annotations for text in (a.said("editing"), a.said("describing")) if text)


def named_source(said: str) -> str:
    """The first DOI, arXiv id or address in what the person said, as they wrote it; empty where there is none."""
    return next((said[found.start : found.end] for found in identifiers(said)), "")


def fact_of(said: dict[str, str], annotations: tuple[Annotation, ...], plan: Plan) -> dict[str, object]:
    """A model's wording of a fact as a draft's fields. It names no source that the person did not name."""
    named = said_of(annotations)
    source = said["source"] if said["source"] and said["source"].casefold() in named.casefold() else named_source(named)
    base = plan.article.draft if plan.article else None
    return {
        "title": (said["title"] or said["fact"])[:100],
        "when": f"{_ABOUT}{said['about']}",
        "then": said["fact"],
        "why": cut(annotations[0].said("describing"), 400),
        "source": source,
        "kind": "knowledge",
        "always": base.always if base else False,
    }
