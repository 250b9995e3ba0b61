"""How a model is asked for candidates: the texts beside this module, with the person's data filled in.

A text is a conversation: `=== system`, `=== user` and `=== assistant` open its messages. `{{name}}` is replaced once
and never read again, so data cannot bring placeholders of its own. Data stands between marker lines made from its own
digest, or, for the embedded model, in one JSON string: in neither can it end its own frame.
"""

from __future__ import annotations

import json
import re
from typing import Literal, cast

from jupyter_reconst.core.annotations import Target, TextQuoteSelector
from jupyter_reconst.core.turns import Message
from jupyter_reconst.prompts.compose import enclosed
from jupyter_reconst.prompts.texts import words

_ROLE = re.compile(r"^=== (system|user|assistant)\n", re.M)
_BLANK = re.compile(r"\{\{(\w+)\}\}")

Role = Literal["system", "user", "assistant"]


def conversation(name: str, **data: str) -> tuple[Message, ...]:
    """The messages of the text `<name>.md`, with its blanks filled. Raises KeyError for a blank without data."""
    parts = _ROLE.split(words(name).text)[1:]
    return tuple(
        Message(role=cast(Role, role), content=_BLANK.sub(lambda blank: data[blank.group(1)], content.strip("\n")))
        for role, content in zip(parts[::2], parts[1::2], strict=True)
    )


def listed(name: str) -> tuple[str, ...]:
    """The items (`- …`) of the text `<name>.md`."""
    return tuple(line[2:].strip() for line in words(name).text.splitlines() if line.startswith("- "))


def data(name: str, text: str, *, embedded: bool = False) -> str:
    """A text as data. The embedded model reads short JSON strings better than marker lines."""
    return json.dumps(text, ensure_ascii=False) if embedded else enclosed(name, text)


def pointed(target: Target) -> str:
    """What is highlighted, in words: the quote, the place where something is missing, or everything."""
    if target.part == "whole":
        return "(the whole reply)"
    if target.part == "missing":
        quote = next((s for s in target.selector if isinstance(s, TextQuoteSelector)), None)
        before = f"{quote.prefix}{quote.exact}" if quote else ""
        return f"(something is missing after: {before[-160:]})" if before.strip() else "(something is missing)"
    return target.quote


def around(reading: str, target: Target, size: int) -> str:
    """At most `size` characters of a reading text, with the highlighted words in the middle of them."""
    if len(reading) <= size:
        return reading
    quote = next((s for s in target.selector if isinstance(s, TextQuoteSelector)), None)
    at = -1
    if quote is not None and (quote.prefix or quote.exact):
        at = reading.find(f"{quote.prefix}{quote.exact}{quote.suffix}")
        at = at + len(quote.prefix) if at >= 0 else reading.find(quote.exact or quote.prefix)
    middle = at + len(target.quote) // 2 if at >= 0 else 0
    start = max(0, min(middle - size // 2, len(reading) - size))
    end = start + size
    return f"{'… ' if start else ''}{reading[start:end]}{' …' if end < len(reading) else ''}"
