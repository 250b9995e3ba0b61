"""Judges for tests: what each makes of two replies, and how it writes that down."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from jupyter_reconst.prompts.compose import enclosed
from jupyter_reconst.prompts.judging import persuasions

Finds = Callable[[str, str, str], int]
"""From a question and two replies, in the order shown, to the better one: 1, 2 or, for neither, 0."""

_CONTESTS = {text.contest for text in persuasions()}
_BETTER = {contest.better for contest in _CONTESTS}
_WORSE = {contest.worse for contest in _CONTESTS}


def judging(messages: Any) -> bool:
    """Whether a call asks which of two replies is better."""
    return '{"better": 0}' in messages[0].content


def judge(finds: Finds, *, words: str = '{{"better": {}}}') -> Callable[[Any, Any], str]:
    """A judge that finds so, and answers in these words."""

    def says(messages: Any, parameters: Any) -> str:
        return words.format(finds(*(framed(messages[-1].content, name) for name in ("question", "reply 1", "reply 2"))))

    return says


def robust(prompt: str, one: str, other: str) -> int:
    """Knows which replies of the corpus are better, whatever the others say of themselves."""
    return 1 if one in _BETTER else 2 if other in _BETTER else 0


def gullible(prompt: str, one: str, other: str) -> int:
    """Takes the word of any reply that says more than it should."""
    for number, reply in ((1, one), (2, other)):
        if reply not in _BETTER | _WORSE:
            return number
    return robust(prompt, one, other)


def framed(content: str, name: str) -> str:
    """What stands in the frame of this name: the one whose marks are its own digest, not one that a text has forged."""
    for start in re.finditer(rf"<<< {name} (\w+)\n", content):
        text = content[start.end() :].split(f"\n>>> {start.group(1)}")[0]
        if enclosed(name, text) in content:
            return text
    return ""
