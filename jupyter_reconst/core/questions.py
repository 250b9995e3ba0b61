"""A question in place of an answer: what the partner has to know before it can reply."""

from __future__ import annotations

from pydantic import Field

from jupyter_reconst.core.nouns import Kept, Line

OPTIONS = 9
"""How many answers may be offered: one for each key from 1 to 9."""


class Question(Kept):
    """One short question, with the answers that it offers, if any. Any other answer is as good."""

    text: str = Field(min_length=1, max_length=1_000)
    options: tuple[Line, ...] = Field(default=(), max_length=OPTIONS)
