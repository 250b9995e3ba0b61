"""How a model fills in the formal language, and reading what it filled in. What cannot be read is None, or says why."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import ValidationError

from jupyter_reconst.core.formal.argument import Argument, Frame, Words
from jupyter_reconst.core.formal.norms import Code
from jupyter_reconst.core.formal.terms import DEPTH, Connective, Op, Term
from jupyter_reconst.prompts.replies import first_object, schema

_TEXT = {"type": "string"}
_OPS = [op for part in get_args(Op) for op in (get_args(part) or [part])]
_TERM = {"$ref": "#/$defs/term"}
_MAYBE = {"type": ["string", "null"]}


def _over_terms(**properties: dict[str, Any]) -> dict[str, Any]:
    node = schema(
        op={**_TEXT, "enum": _OPS}, name=_MAYBE, sort=_MAYBE, value=_MAYBE, args={"type": "array", "items": _TERM}
    )
    return {**schema(**properties), "$defs": {"term": node}}


WORTH = schema(worth={"type": "boolean"}, loss={**_TEXT, "maxLength": 600})
_SENTENCE = schema(name=_TEXT, quote=_TEXT, formula=_TERM)
_SYMBOL = schema(name=_TEXT, takes={"type": "array", "items": _TEXT}, gives=_TEXT, words=_TEXT)
ARGUMENT = _over_terms(
    symbols={"type": "array", "items": _SYMBOL},
    frame={**_TEXT, "enum": ["none", *get_args(Frame)]},
    premises={"type": "array", "items": _SENTENCE},
    claim=_SENTENCE,
)
FORMULAS = _over_terms(formulas={"type": "array", "items": schema(name=_TEXT, formula=_TERM)})
_NAMES = {"type": "array", "items": _TEXT}
_LETTERS = {"type": "array", "items": schema(name=_TEXT, words=_TEXT)}
_RULE = schema(number={"type": "integer"}, holds=_NAMES, some=_NAMES, fails=_NAMES, does=_NAMES, avoids=_NAMES)
CODE = schema(
    situations=_LETTERS,
    actions=_LETTERS,
    apart={"type": "array", "items": _NAMES},
    rules={"type": "array", "items": _RULE},
)
PROOF = schema(proof={**_TEXT, "maxLength": 20_000})


class Unfit(ValueError):
    """What a model filled in is no argument: what is wrong with it, in words that it can correct itself by."""


def worth(text: str) -> tuple[bool, str] | None:
    """Whether formalising is worth it, and what would be lost; None where the reply does not say."""
    found = first_object(text) or {}
    said, loss = found.get("worth"), found.get("loss")
    return (said, str(loss or "").strip()[:4_000]) if isinstance(said, bool) else None


def argument(text: str, passage: str) -> Argument:
    """The argument that a model drafted of a passage. A quote that is not in the passage is no source. Raises Unfit."""
    found = first_object(text)
    if found is None:
        raise Unfit("The reply is not one whole JSON object.")
    frame = found.get("frame")
    drafted = {
        "symbols": found.get("symbols"),
        "premises": [_sentence(one, passage) for one in _list(found, "premises")],
        "claim": _sentence(found.get("claim"), passage),
        "frame": None if frame in ("none", "", None) else frame,
    }
    try:
        return Argument.model_validate(drafted)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise Unfit(f"{place}: {first['msg'].removeprefix('Value error, ')}"[:400]) from None


def code(text: str) -> Code | None:
    """What a model says that articles demand; None where that says nothing."""
    found = first_object(text) or {}
    norms = [
        {("article" if key == "number" else key): value for key, value in one.items()}
        for one in _list(found, "rules")
        if isinstance(one, dict)
    ]
    letters = {name: _list(found, name) for name in ("situations", "actions", "apart")}
    try:
        return Code.model_validate({**letters, "norms": norms})
    except ValidationError:
        return None


def proof(text: str) -> str:
    """The drafted proof; empty where there is none."""
    said = (first_object(text) or {}).get("proof")
    return said if isinstance(said, str) else ""


def formulas(text: str) -> dict[str, Term]:
    """The formulas by name, those that can be read."""
    found = {}
    for one in _list(first_object(text) or {}, "formulas"):
        try:
            found[str(one["name"])] = Term.model_validate(_node(one["formula"]))
        except (ValidationError, KeyError, TypeError):
            continue
    return found


def _sentence(said: Any, passage: str) -> Any:
    if not isinstance(said, dict):
        return said
    quote = said.get("quote")
    start = passage.find(quote) if isinstance(quote, str) and quote.strip() else -1
    source = Words(quote=quote, start=start, end=start + len(quote)) if quote and start >= 0 else None
    return {"name": said.get("name"), "formula": _node(said.get("formula")), "source": source}


def _node(said: Any, depth: int = 0) -> Any:
    """A node without what is null or empty, as models fill in what they do not need. Too deep a tree stays as it is."""
    if not isinstance(said, dict) or depth > DEPTH:
        return said
    kept = {key: value for key, value in said.items() if value not in (None, "", [])}
    if said.get("op") in get_args(Connective):
        kept = {key: value for key, value in kept.items() if key in ("op", "args")}
    args = kept.get("args")
    return kept | {"args": [_node(arg, depth + 1) for arg in args]} if isinstance(args, list) else kept


def _list(found: dict[str, Any], name: str) -> list[Any]:
    said = found.get(name)
    return said if isinstance(said, list) else []
