"""How a model fills in an outline or statements, and reading what it filled in, as far as it has arrived."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jupyter_reconst.core.mathematics import KINDS, Stated, Unclear
from jupyter_reconst.core.outline import LEVELS, Drafted
from jupyter_reconst.prompts.replies import first_object, schema

_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_FROM = {"type": "array", "items": {"type": "integer"}}


def _array(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": schema(**properties)}


# How many and how long is bounded where a draft is judged: llama.cpp makes no grammar of counts within counts.
_LEVEL = {"type": "integer", "enum": list(range(1, LEVELS + 1))}
OUTLINE = schema(points=_array(level=_LEVEL, text=_TEXT, **{"from": _FROM}))
MATHEMATICS = schema(
    statements=_array(kind={**_TEXT, "enum": list(KINDS)}, latex=_TEXT, defines=_TEXTS, words=_TEXT, **{"from": _FROM}),
    questions=_array(question=_TEXT, options=_TEXTS, **{"from": _FROM}),
)

_NUMBER = re.compile(r"\d{1,6}")
_MISREAD = {"\b": r"\b", "\f": r"\f", "\r": r"\r", "\t": r"\t"}
_NEWLINE = re.compile(r"\n(?=(?:eq?|u|abla|ot|eg|i|mid|exists|subseteq)(?![a-z]))")


class Arriving:
    """The small objects of a reply, each as soon as it is whole. Braces in strings are no objects, as in TeX."""

    def __init__(self) -> None:
        self._text = ""
        self._open: list[int] = []
        self._flat = False
        self._string = self._escaped = False

    def take(self, text: str) -> Iterator[dict[str, Any]]:
        """What has become whole with some more text. What holds another object is not given out."""
        first = len(self._text)
        self._text += text
        for at, sign in enumerate(text, first):
            if self._string:
                self._string = self._escaped or sign != '"'
                self._escaped = sign == "\\" and not self._escaped
            elif sign == '"':
                self._string = bool(self._open)
            elif sign == "{":
                self._open.append(at)
                self._flat = True
            elif sign == "}" and self._open:
                start, flat = self._open.pop(), self._flat
                self._flat = False
                one = first_object(self._text[start : at + 1]) if flat else None
                if one is not None:
                    yield one


def point(said: dict[str, Any]) -> Drafted | None:
    """A point; None where it is something else."""
    text, level = said.get("text"), said.get("level")
    if not isinstance(text, str):
        return None
    return Drafted(text=text, level=level if isinstance(level, int) else 1, cites=_numbers(said.get("from")))


def statement(said: dict[str, Any]) -> Stated | None:
    """A statement; None where it is something else."""
    latex, kind, words = said.get("latex"), str(said.get("kind")).lower(), said.get("words")
    if not isinstance(latex, str):
        return None
    named = next((known for known in KINDS if known == kind), "claim")
    return Stated(
        kind=named,
        latex=_tex(latex),
        words=words if isinstance(words, str) else "",
        defines=tuple(_tex(one) for one in _strings(said.get("defines"))),
        cites=_numbers(said.get("from")),
    )


def unclear(said: dict[str, Any]) -> Unclear | None:
    """A question; None where it is something else."""
    text = said.get("question")
    if not isinstance(text, str):
        return None
    return Unclear(text=text, options=tuple(_strings(said.get("options"))), cites=_numbers(said.get("from")))


def _tex(text: str) -> str:
    """TeX whose single backslashes were read as JSON's: a form feed and “rac” was a fraction."""
    return _NEWLINE.sub(r"\\n", "".join(_MISREAD.get(sign, sign) for sign in text))


def _numbers(said: Any) -> tuple[int, ...]:
    """Numbers of sentences, as models write them: 3, "3", "¶3", or one string of several."""
    items = said if isinstance(said, list) else [said]
    return tuple(int(found) for item in items[:100] for found in _NUMBER.findall(str(item)))


def _strings(said: Any) -> list[str]:
    return [item for item in said if isinstance(item, str)] if isinstance(said, list) else []
