"""What travels with a notebook: everything of ours in the file, in words, and the notebook without it.

Works on the plain JSON of a notebook (nbformat 4), whatever else is in it. Prompts and replies that a reader sees in
the cells are the notebook's own: stripping takes our records of them, not the text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from jupyter_reconst.core.agreeing import in_words, named
from jupyter_reconst.core.annotations import Annotation
from jupyter_reconst.core.chain import ALTERED, altered
from jupyter_reconst.core.constitution import Article, Case, Import, Preamble, Provenance
from jupyter_reconst.core.formal.pinned import Pinned
from jupyter_reconst.core.notebook import CHOICE_MIME, HEAD, TURN_MIME, Head, article_key, ours, read
from jupyter_reconst.core.proposals import Proposed, Rule, Vote
from jupyter_reconst.core.requests import Manifest, Travels
from jupyter_reconst.core.styles import Pick
from jupyter_reconst.core.turns import TurnRecord

_SHORT = 60
_KEPT = (TURN_MIME, CHOICE_MIME)
"""What outputs hold of ours."""
_Ours = Head | Article | Preamble | Import | Case | Pinned | Rule | Proposed | Vote | Pick | Annotation
_KINDS: dict[str, type[_Ours]] = {
    HEAD: Head,
    "article": Article,
    "preamble": Preamble,
    "import": Import,
    "case": Case,
    "argument": Pinned,
    "rule": Rule,
    "proposal": Proposed,
    "vote": Vote,
    "style": Pick,
    "annotation": Annotation,
}


def manifest(notebook: Mapping[str, Any]) -> Manifest:
    """All that a notebook carries of ours, in the order of the file."""
    revisions = read(_ours(notebook.get("metadata"))).revisions
    past = altered(revisions)
    broken = {article_key(article): f"; {ALTERED}" for article in revisions if article.revision in past}
    return Manifest(
        items=tuple(
            Travels(
                key=key,
                where=where,
                says=_says(key, value) + broken.get(key, ""),
                bytes=len(_spelled({key: value})) - 2,
            )
            for where, key, value in _found(notebook)
        )
    )


def stripped(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """The notebook without anything of ours; everything else is as it was."""
    bare: dict[str, Any] = json.loads(json.dumps(notebook))
    for holder in (bare, *_dicts(bare.get("cells"))):
        _drop(holder.get("metadata"))
        for output in _dicts(holder.get("outputs")):
            _drop(output.get("metadata"))
            if isinstance(output.get("data"), dict):
                for kind in _KEPT:
                    output["data"].pop(kind, None)
    return bare


def _found(notebook: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for key, value in _ours(notebook.get("metadata")).items():
        yield "notebook", key, value
    for number, cell in enumerate(_dicts(notebook.get("cells")), 1):
        for key, value in _ours(cell.get("metadata")).items():
            yield f"cell {number}", key, value
        for output in _dicts(cell.get("outputs")):
            data = output.get("data")
            if isinstance(data, dict):
                yield from ((f"output of cell {number}", kind, data[kind]) for kind in _KEPT if kind in data)
            for key, value in _ours(output.get("metadata")).items():
                yield f"output of cell {number}", key, value


def _says(key: str, value: Any) -> str:
    try:
        if key == TURN_MIME:
            return _turn(TurnRecord.model_validate(value))
        if key == CHOICE_MIME:
            return "What to leave out of a conversation that has outgrown its model, and its first words"
        if key == HEAD and isinstance(value, dict) and "turn" in value:
            return "Which turn this output shows, and which constitution was in force"
        room = key.split(":")[1] if ":" in key else HEAD
        return _noun(_KINDS[room].model_validate(value))
    except (KeyError, ValidationError, RecursionError):
        return "Something of ours that this version cannot read"


def _noun(noun: _Ours) -> str:
    match noun:
        case Head():
            copied = f", a copy of {noun.origin}" if noun.origin else ""
            return f"The notebook’s id {noun.id}{copied}"
        case Article():
            state = "Repeal of article" if noun.repealed else "Article" if noun.enabled else "Article, switched off:"
            evidence = f"; evidence: {noun.provenance.evidence}" if noun.provenance.evidence else ""
            words = ", ".join(f"“{_short(word.quote)}”" for word in noun.provenance.words if word.quote)
            source = f"; from the words {words}" if words else ""
            return f"{state} “{noun.title}”{_by(noun.provenance)}{source}{evidence}"
        case Preamble():
            return f"Preamble “{_short(noun.text)}”{_by(noun.provenance)}"
        case Import():
            return f"Import of the pack “{noun.pack}”"
        case Case():
            prompt, judged = _short(noun.prompt), noun.expects.verdict
            return f"Case: the prompt “{prompt}”, two replies, judged {judged}{_by(noun.provenance)}"
        case Pinned():
            return f"Case: the argument “{_short(noun.passage)}”, pinned as “{noun.says}”{_by(noun.provenance)}"
        case Rule():
            return f"Rule of ratification: {in_words(noun.terms, noun.terms.people)}{_by(noun.provenance)}"
        case Proposed():
            tried = f", with {len(noun.prompts)} prompts to try" if noun.prompts else ""
            return f"Proposal: {named(noun)}{_by(noun.provenance)}{tried}"
        case Vote():
            why = f": “{_short(noun.why)}”" if noun.why else ""
            tried = f"; to try: “{_short(noun.provocation)}”" if noun.provocation else ""
            name = f", by {noun.author} (as claimed)" if noun.author else ""
            return f"Vote: {noun.answer}{name}, {noun.at:%Y-%m-%d}{why}{tried}"
        case Pick():
            return f"The style “{noun.name}”"
        case Annotation():
            said = "; ".join(f"{body.purpose} “{_short(body.value)}”" for body in noun.body)
            about = f"“{_short(noun.target.quote)}”" if noun.target.quote else f"({noun.target.part})"
            name = f", by {noun.creator.name} (as claimed)" if noun.creator.name else ""
            return f"Highlight of {about}{name}" + (f": {said}" if said else "")


def _turn(record: TurnRecord) -> str:
    return f"Turn: the prompt “{_short(record.prompt)}” and the reply of {record.model}"


def _by(provenance: Provenance) -> str:
    author = f", by {provenance.author} (as claimed)" if provenance.author else ""
    return f"{author}, {provenance.at:%Y-%m-%d}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 1]}…"


def _ours(metadata: Any) -> dict[str, Any]:
    return ours(metadata) if isinstance(metadata, dict) else {}


def _drop(metadata: Any) -> None:
    for key in _ours(metadata):
        del metadata[key]


def _dicts(items: Any) -> list[dict[str, Any]]:
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _spelled(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
