"""Front matter: a few `key: value` lines that any YAML reader understands, and that we read without one."""

from __future__ import annotations

import datetime
import re
from typing import Any

from pydantic import Field, ValidationError

from jupyter_reconst.core.errors import Malformed
from jupyter_reconst.core.nouns import Digest, Line, Noun
from jupyter_reconst.core.sharing.record import spelled_json, strict_json

FENCE = "---"
_MOST = 64 * 1024
_PLAIN = re.compile(r"[A-Za-z0-9][\w .,()/@+-]*(?<! )", re.ASCII)
_WORDS = {"true", "false", "yes", "no", "on", "off", "null"}


class Front(Noun):
    """What a published constitution says of itself. All of it is a claim, but for the digest, which can be checked."""

    name: Line = ""
    version: Line = ""
    authors: Line = ""
    licence: Line = ""
    date: datetime.date | None = None
    digest: Digest | None = Field(default=None, description="Of the text that it was published with")


def matter(front: Front) -> str:
    """The lines, with their fences."""
    said = front.model_dump(mode="json", exclude_none=True)
    lines = [f"{name}: {_value(value)}" for name, value in said.items() if value != ""]
    return "\n".join((FENCE, "reconst: 1", *lines, FENCE))


def ours(text: str) -> bool:
    """Whether a text says that it is a published constitution."""
    return text.startswith(f"{FENCE}\nreconst:")


def divided(text: str) -> tuple[dict[str, str], str, int]:
    """The pairs of a text's front matter, the text after it, and the number of lines before that.

    Nothing is interpreted: a value is what stands after the colon. Without front matter the text is all there is.
    """
    if not text.startswith(f"{FENCE}\n"):
        return {}, text, 0
    end = text.find(f"\n{FENCE}", len(FENCE), _MOST)
    rest = end + 1 + len(FENCE)
    if end < 0 or text[rest : rest + 1] not in ("", "\n"):
        return {}, text, 0
    pairs: dict[str, str] = {}
    for line in filter(None, text[len(FENCE) + 1 : end + 1].split("\n")):
        name, _, value = line.partition(":")
        if name in pairs:
            raise Malformed(f"Its front matter says “{name[:40]}” twice.")
        pairs[name] = value.strip()
    return pairs, text[rest + 1 :], text.count("\n", 0, rest) + 1


def front_of(pairs: dict[str, str]) -> Front:
    """What the pairs say. Raises Malformed for another format, a key that is not ours, or a value that does not fit."""
    pairs = dict(pairs)
    if pairs.pop("reconst", None) != "1":
        raise Malformed("It was written by a newer version of jupyter_reconst.", remedy="Update jupyter_reconst.")
    unknown = [name for name in pairs if name not in Front.model_fields]
    if unknown:
        raise Malformed(f"Its front matter says “{unknown[0][:40]}”, which means nothing here.")
    try:
        return Front.model_validate({name: plain(value) for name, value in pairs.items()})
    except ValidationError as error:
        raise Malformed(f"Its front matter has a {error.errors()[0]['loc'][0]} that does not fit.") from error


def plain(value: str) -> str:
    """A value without the quotes that YAML needs."""
    found: Any = strict_json(value) if value[:1] == '"' else value
    return str(found)


def _value(text: str) -> str:
    bare = _PLAIN.fullmatch(text) and text.lower() not in _WORDS
    return text if bare else spelled_json(text)
