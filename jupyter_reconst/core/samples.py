"""A sample: a recorded conversation in which every step of the loop can be tried without a key or a network."""

from __future__ import annotations

from pydantic import Field

from jupyter_reconst.core.amendments import Reach
from jupyter_reconst.core.nouns import Clause, Line, Noun, Prose


class Recorded(Noun):
    """One prompt, and what the model answered without and with the sample's article in force."""

    prompt: Prose
    without: Prose
    with_: Prose = Field(alias="with")


class RecordedProbe(Recorded):
    """A probe of the recorded preview, in its bin."""

    bin: str


class RecordedCorrection(Noun):
    """A candidate correction of the words that were highlighted."""

    quote: Prose
    text: Prose
    why: Clause = ""


class RecordedObjection(Noun):
    """The model arguing that the highlighted words were right."""

    quote: Prose = ""
    text: Prose


class RecordedProposal(Noun):
    """A candidate amendment, at one level of generality. Without a quote it is for any highlight."""

    quote: Prose = ""
    reach: Reach = "kind"
    title: Line
    when: Clause
    then: Clause
    why: Clause = ""


class Sample(Noun):
    """Everything that was recorded of one conversation, and which model said it."""

    id: Line
    title: Line
    model: Line
    task: Clause = Field(default="", description="Which words to try the loop on")
    turns: tuple[Recorded, ...]
    corrections: tuple[RecordedCorrection, ...] = ()
    disagrees: tuple[RecordedObjection, ...] = ()
    proposals: tuple[RecordedProposal, ...] = ()
    probes: tuple[RecordedProbe, ...] = ()

    def reply(self, prompt: str, *, governed: bool) -> str | None:
        """What was recorded for a prompt, with or without the article in force; None for an unknown prompt."""
        asked = " ".join(prompt.split())
        for recorded in (*self.turns, *self.probes):
            if " ".join(recorded.prompt.split()) == asked:
                return recorded.with_ if governed else recorded.without
        return None
