"""Other answers to one question: how they were asked, in words, and which was preferred to which."""

from __future__ import annotations

from pydantic import AwareDatetime

from jupyter_reconst.core.nouns import Digest, Id, Line, Noun
from jupyter_reconst.core.turns import Message, Turn


def root_of(turn: Turn) -> str:
    """The turn to which this is an answer of several: the one that was asked first."""
    return turn.varies or turn.id


def differs(shown: Turn, other: Turn) -> tuple[Line, ...]:
    """How another turn was asked otherwise than the one that is shown; nothing where it was asked the same."""
    said = []
    if (shown.profile, shown.model) != (other.profile, other.model):
        elsewhere = f" ({other.profile})" if shown.profile != other.profile and other.profile else ""
        said.append(f"by {other.model}{elsewhere}")
    if shown.style != other.style:
        said.append(f"in the style “{other.style}”" if other.style else "without a style")
    if shown.prompt != other.prompt:
        said.append("in other words")
    before, after = _sent(shown), _sent(other)
    said += [f"without “{title}”" for id, (title, _) in before.items() if id not in after]
    said += [f"with “{title}”" for id, (title, _) in after.items() if id not in before]
    said += [
        f"with “{title}” as it is now"
        for id, (title, revision) in after.items()
        if id in before and before[id][1] != revision
    ]
    if shown.digest != other.digest and before == after:
        said.append("under another constitution")
    if {one.id for one in shown.given} != {one.id for one in other.given}:
        said.append("given other passages or facts")
    return tuple(line[:200] for line in said)


def _sent(turn: Turn) -> dict[str, tuple[str, str]]:
    return {one.article: (one.title or one.article, one.revision) for one in turn.applied if one.sent}


class Pair(Noun):
    """Of two answers to one question the one that a person kept, and one that they did not.

    `messages` are what the kept one answers; `other_messages` what the other one answers, where that is not the same.
    `own`: both were asked by this person. `accepted`: both were asked under what this person has accepted, or nothing.
    """

    turn: Id
    at: AwareDatetime
    prompt: str
    messages: tuple[Message, ...]
    chosen: str
    rejected: str
    chosen_model: str
    rejected_model: str
    differs: tuple[Line, ...] = ()
    other_messages: tuple[Message, ...] = ()
    chosen_digest: Digest
    rejected_digest: Digest
    own: bool
    accepted: bool

    @property
    def trusted(self) -> bool:
        """Whether nobody else's words can be in it."""
        return self.own and self.accepted
