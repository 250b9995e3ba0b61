"""From what is known to a report: every part can be left out, and leaves no byte behind.

A text belongs to the first part that it is all of. Where that part is left out, the text is taken out of all others
too, whoever repeats it: a cell that was left out is not read in the conversation either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from jupyter_reconst.core.annotations import Annotation, TextPositionSelector, TextQuoteSelector
from jupyter_reconst.core.constitution import Article
from jupyter_reconst.core.impact import Impact, Preview
from jupyter_reconst.core.keeping import evidence
from jupyter_reconst.core.nouns import Noun
from jupyter_reconst.core.reports import report as nouns
from jupyter_reconst.core.reports.names import Names
from jupyter_reconst.core.reports.report import Report
from jupyter_reconst.core.turns import Turn
from jupyter_reconst.core.visible import spelled

GONE = "[left out]"
_LEAST = 3
"""Shorter texts are nobody's secret, and stand everywhere."""

PartKind = Literal["asked", "law", "message", "cell", "given", "prompt", "reply", "highlight", "rule", "effect", "row"]

LABELS: dict[PartKind, str] = {
    "asked": "Model and parameters",
    "law": "Constitution in force",
    "message": "Earlier message",
    "cell": "Attached",
    "given": "Passage or fact",
    "prompt": "Prompt",
    "reply": "Reply",
    "highlight": "Highlight and correction",
    "rule": "Article",
    "effect": "What it did",
    "row": "Row",
}

N = TypeVar("N", bound=Noun)


class ReportPart(Noun):
    """Something that can be left out. `words` say what it is, and how it begins."""

    id: str
    kind: PartKind
    words: str = ""
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Material:
    """What a report is drawn from."""

    turn: Turn | None = None
    annotations: tuple[Annotation, ...] = ()
    rules: tuple[Article, ...] = ()
    preview: Preview | None = None
    rows: tuple[Impact, ...] = ()


@dataclass(slots=True)
class Drawing:
    """A report on its way: its parts, and the texts of those that were left out."""

    without: Collection[str]
    parts: list[ReportPart] = field(default_factory=list)
    _owners: dict[str, bool] = field(default_factory=dict)

    def keeps(self, id: str, kind: PartKind, words: str, *texts: str) -> bool:
        """Add a part; whether it is kept. `texts` are those that it is all of."""
        kept = id not in self.without
        self.parts.append(
            ReportPart(id=id, kind=kind, words=f"{LABELS[kind]}: {' '.join(words[:400].split())[:90]}", kept=kept)
        )
        for text in texts:
            if len(text.strip()) >= _LEAST:
                self._owners.setdefault(_nfc(text.strip()), kept)
        return kept

    @property
    def gone(self) -> re.Pattern[str] | None:
        """The texts to take out everywhere, the longest first; a word is none inside another one."""
        texts = sorted((text for text, kept in self._owners.items() if not kept), key=len, reverse=True)
        edged = (f"(?<!\\w){re.escape(text)}(?!\\w)" if text.isalnum() else re.escape(text) for text in texts)
        return re.compile("|".join(edged)) if texts else None


def drawn(
    material: Material, without: Collection[str], *, expected: str, program: str, names: Names
) -> tuple[Report, tuple[ReportPart, ...]]:
    """The report without some parts and without names, and all the parts that there are."""
    drawing = Drawing(frozenset(without))
    turn = material.turn
    report = Report(program=program, expected=expected)
    if turn is not None:
        report = report.model_copy(update=_turn(drawing, turn))
    said = _highlights(drawing, material.annotations, context=turn is None or _kept(drawing, "reply"))
    rules = tuple(_rule(a) for a in material.rules if drawing.keeps(f"rule:{a.id}", "rule", a.title, *_wording(a)))
    report = report.model_copy(update={"highlights": said, "rules": rules, "effect": _effect(drawing, material)})
    gone = drawing.gone

    def clean(text: str) -> str:
        text = _nfc(text)
        return spelled(names.without(gone.sub(GONE, text) if gone else text))

    report = _rewritten(report, clean)
    left = sum(not part.kept for part in drawing.parts)
    count = len({one.by for one in names.replaced})
    return report.model_copy(update={"left_out": left, "names_replaced": count}), tuple(drawing.parts)


def _turn(drawing: Drawing, turn: Turn) -> dict[str, Any]:
    """What was asked and answered, part by part. The last message is told by what it is made of."""
    found: dict[str, Any] = {}
    if drawing.keeps("asked", "asked", turn.model, turn.model):
        found["asked"] = nouns.Asked(
            turn=turn.id,
            model=turn.model,
            parameters=turn.parameters.model_dump(mode="json", exclude_defaults=True),
            style=turn.style,
            digest=turn.digest,
            status=turn.status,
            prompt_tokens=turn.usage.prompt,
            completion_tokens=turn.usage.completion,
            milliseconds=turn.timings.total,
            at=turn.created,
        )
    before = turn.messages[:-1]
    law = [message for message in before if message.role == "system"]
    titles = ", ".join(one.title for one in turn.applied if one.sent)
    conversation = [nouns.Said(**message.model_dump()) for message in law]
    if (law or turn.applied) and drawing.keeps("law", "law", titles, *(message.content for message in law)):
        found["articles"] = tuple(nouns.Held(title=a.title, sent=a.sent, why=a.why) for a in turn.applied)
    else:
        conversation = []
    for number, message in enumerate(before):
        text = message.content
        if message.role != "system" and drawing.keeps(f"message:{number}", "message", text, text):
            conversation.append(nouns.Said(**message.model_dump()))
    found["conversation"] = tuple(conversation)
    found["cells"] = tuple(
        nouns.Cell(label=cell.label, source=cell.source, output=cell.output)
        for number, cell in enumerate(turn.attachments)
        if drawing.keeps(f"cell:{number}", "cell", f"{cell.label} {cell.source}", cell.source, cell.output)
    )
    found["given"] = tuple(
        nouns.Quoted(kind=one.kind, label=one.label, source=one.source, text=one.text)
        for number, one in enumerate(turn.given)
        if drawing.keeps(f"given:{number}", "given", one.label, one.text, one.label)
    )
    for name, text in (("prompt", turn.prompt), ("reply", turn.reply)):
        kind: Literal["prompt", "reply"] = "prompt" if name == "prompt" else "reply"
        if drawing.keeps(name, kind, text, text):
            found[name] = text
    return found


def _highlights(drawing: Drawing, annotations: Iterable[Annotation], *, context: bool) -> tuple[nouns.Marked, ...]:
    """What was highlighted. The words around it are the reply's, and are left out with it."""
    found = []
    for one in annotations:
        correction, why, quote = one.said("editing"), one.said("describing"), one.target.quote
        if not drawing.keeps(f"highlight:{one.id}", "highlight", quote or correction or why, quote, correction, why):
            continue
        words = next((s for s in one.target.selector if isinstance(s, TextQuoteSelector)), None)
        place = next((s for s in one.target.selector if isinstance(s, TextPositionSelector)), None)
        body = next((b for b in one.body if b.purpose == "editing" and b.source), None)
        found.append(
            nouns.Marked(
                part=one.target.part,
                exact=quote,
                prefix=words.prefix if words and context else "",
                suffix=words.suffix if words and context else "",
                start=place.start if place else None,
                end=place.end if place else None,
                praise=one.motivation == "assessing",
                correction=correction,
                why=why,
                written_by=body.source.by if body and body.source else "",
            )
        )
    return tuple(found)


def _rule(article: Article) -> nouns.Rule:
    made = article.provenance
    return nouns.Rule(
        article=article.id,
        revision=article.revision,
        revises=article.parents,
        **{name: getattr(article, name) for name in ("title", "when", "then", "why", "source", "kind", "always")},
        author=made.author,
        at=made.at,
        words=tuple(nouns.Origin(quote=said.quote, correction=said.correction) for said in made.words),
        evidence=made.evidence,
        note=made.note,
    )


def _wording(article: Article) -> list[str]:
    """What a model reads of it, a line each, as the constitution indents further lines."""
    clauses = (article.title, article.when, article.then, article.source, article.why, article.provenance.note)
    return [line for text in clauses for line in (text, *text.splitlines())]


def _effect(drawing: Drawing, material: Material) -> nouns.Effect | None:
    preview = material.preview
    if preview is None:
        return None
    whole = preview.model_copy(update={"rows": material.rows})
    kept = drawing.keeps("effect", "effect", evidence(whole))
    rows = []
    for row in material.rows:
        texts = (row.probe.prompt, row.before.text, row.after.text, row.note)
        if (row.changed or row.mark) and drawing.keeps(f"row:{row.probe.id}", "row", row.probe.prompt, *texts):
            rows.append(
                nouns.Row(
                    bin=row.probe.bin,
                    prompt=row.probe.prompt,
                    before=row.before.text,
                    after=row.after.text,
                    verdict=row.verdict,
                    mark=row.mark,
                    why=row.why,
                    note=row.note,
                )
            )
    if not kept:
        return None
    counts = {name: count for name, count in whole.tally.model_dump().items() if count}
    return nouns.Effect(model=preview.model, says=evidence(whole), counts=counts, rows=tuple(rows))


def _kept(drawing: Drawing, id: str) -> bool:
    return id not in drawing.without


def _rewritten(noun: N, clean: Callable[[str], str]) -> N:
    """The same with every free text rewritten; what is one of a few fixed words stays."""
    changes = {
        name: _free(getattr(noun, name), clean)
        for name, known in type(noun).model_fields.items()
        if not _fixed(known.annotation)
    }
    return noun.model_copy(update=changes)


def _fixed(kind: Any) -> bool:
    """Whether a value of this type, or its keys, are of a few fixed words."""
    if get_origin(kind) in (Union, UnionType):
        return all(_fixed(one) for one in get_args(kind) if one is not NoneType)
    return get_origin(kind) is Literal or (get_origin(kind) is dict and _fixed(get_args(kind)[0]))


def _free(value: Any, clean: Callable[[str], str]) -> Any:
    if isinstance(value, Noun):
        return _rewritten(value, clean)
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple | list):
        return type(value)(_free(one, clean) for one in value)
    if isinstance(value, dict):
        return {clean(key): _free(one, clean) for key, one in value.items()}
    return value


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
