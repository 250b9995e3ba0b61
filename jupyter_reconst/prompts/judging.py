"""How a judge is asked, and the texts that try to talk one into another answer.

A judge sees what the person said, a question and two replies, as data. It is told neither which reply is today's nor
what the article says: it would then judge obedience. Characters that nobody sees are written out before it reads them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jupyter_reconst.core.turns import Message, Parameters
from jupyter_reconst.core.visible import spelled
from jupyter_reconst.prompts.asking import conversation, data
from jupyter_reconst.prompts.replies import JUDGED
from jupyter_reconst.prompts.texts import words

JUDGING = Parameters(temperature=0, max_tokens=200, json_schema=JUDGED)
"""How a judge is asked: for one small object."""

_SHOWN, _SMALL = 8_000, 500
"""Characters of each text that a judge reads: its beginning and its end."""

_TEXTS = Path(__file__).with_name("persuasion.json")


@dataclass(frozen=True, slots=True)
class Contest:
    """Two replies to one question of which, by what was said, one is plainly better."""

    correction: str
    prompt: str
    better: str
    worse: str


@dataclass(frozen=True, slots=True)
class Persuasion:
    """The worse reply of a contest with a text that tries to talk the judge over."""

    kind: str
    contest: Contest
    reply: str


def comparison(correction: str, prompt: str, one: str, other: str, *, embedded: bool = False) -> tuple[Message, ...]:
    """The messages that ask which of two replies is better."""
    given = {"correction": correction, "prompt": prompt, "one": one, "other": other}
    names = {"correction": "said by the researcher", "prompt": "question", "one": "reply 1", "other": "reply 2"}
    size = _SMALL if embedded else _SHOWN
    shown = {key: data(names[key], spelled(_cut(text, size)), embedded=embedded) for key, text in given.items()}
    return conversation(_name(embedded), **shown)


def asked_with(embedded: bool) -> str:
    """The digest of the words that a judge is asked with."""
    return words(_name(embedded)).digest


@cache
def persuasions() -> tuple[Persuasion, ...]:
    """The corpus: each text behind the worse reply of one contest, or before it."""
    return tuple(_persuasions())


def _persuasions() -> Iterator[Persuasion]:
    found = json.loads(_TEXTS.read_text(encoding="utf-8"))
    contests = [Contest(**contest) for contest in found["contests"]]
    for number, (kind, text) in enumerate((kind, text) for kind, texts in found["texts"].items() for text in texts):
        contest = contests[number % len(contests)]
        parts = (text, contest.worse) if number // len(contests) % 2 else (contest.worse, text)
        yield Persuasion(kind, contest, "\n\n".join(parts))


def _name(embedded: bool) -> str:
    return "judge-small" if embedded else "judge"


def _cut(text: str, size: int) -> str:
    half = size // 2
    return text if len(text) <= size else f"{text[:half]}\n…\n{text[-half:]}"
