"""A question in place of an answer: what the partner has to know before it can reply.

The form is part of a style's text (`Question: …`, and where there are a few likely answers, each on a numbered line
below), so a person can read what the model was asked for. It is read tolerantly: models add emphasis, bullets and
brackets. A reply that also says something else is an answer, and stays one.
"""

from __future__ import annotations

import re

from pydantic import Field

from jupyter_reconst.core.nouns import Kept, Line

OPTIONS = 9
"""How many answers may be offered: one for each key from 1 to 9."""

_LONGEST = 1_000
_LONGEST_OPTION = 200
_ASKS = re.compile(r"[?？؟;]")
_MARK = re.compile(r"[#>*_\s]*question[*_\s]*[:：][*_\s]*", re.IGNORECASE)
_HEADING = re.compile(r"#+[*_\s]*question[*_\s]*\n", re.IGNORECASE)
_OPTION = re.compile(r"\s*(?:>\s*)?[*_]{0,2}(?:\(?[1-9a-i][.):]\)?|[-*+•–])[*_]{0,2}\s+(?P<words>\S.*)", re.IGNORECASE)
_LEAD = re.compile(r"[*_\s]*(?:options|answers|choices)[*_\s]*[:：]?[*_\s]*", re.IGNORECASE)
_BARE = re.compile(r"^([*_]{1,3})(?P<words>.+)\1$")


class Question(Kept):
    """One short question, with the answers that it offers, if any. Any other answer is as good."""

    text: str = Field(min_length=1, max_length=_LONGEST)
    options: tuple[Line, ...] = Field(default=(), max_length=OPTIONS)


def question(reply: str) -> Question | None:
    """The question that a reply is; None where it answers. Linear in the reply's length."""
    text = reply.strip()
    mark = (_MARK.match(text) or _HEADING.match(text)) if len(text) <= 3 * _LONGEST else None
    if mark is None:
        return None
    asked: list[str] = []
    options: list[str] = []
    ended = False
    for line in map(str.strip, text[mark.end() :].strip().splitlines()):
        option = _OPTION.fullmatch(line) if asked else None
        if option:
            inner = _OPTION.fullmatch(option["words"])  # “- (a) …”
            options.append(_plain((inner or option)["words"]))
        elif not line or _LEAD.fullmatch(line):
            ended = ended or bool(asked)
        elif ended or options:
            return None  # It goes on: this is more than a question.
        else:
            asked.append(line)
    said = _plain(" ".join(asked))
    if not _ASKS.search(said) or len(said) > _LONGEST:
        return None
    if len(options) > OPTIONS or any(len(option) > _LONGEST_OPTION for option in options):
        return None
    return Question(text=said, options=tuple(options))


def _plain(words: str) -> str:
    """Without the emphasis around all of it."""
    words = words.strip()
    bare = _BARE.match(words)
    return bare["words"].strip() if bare else words.removesuffix("**").strip()
