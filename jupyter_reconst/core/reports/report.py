"""The report: what was asked and answered, what was wrong with it, the rule it led to, and what that rule did.

Texts are as they were, but for hidden characters, which are spelled out, names, which are replaced, and what was taken
out. It is published as `schema/report-v1.json`; whoever reads it needs nothing else of ours.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import AwareDatetime, Field

from jupyter_reconst.core.annotations import Part as Aim
from jupyter_reconst.core.constitution import Kind
from jupyter_reconst.core.impact import Mark, Verdict
from jupyter_reconst.core.nouns import Noun
from jupyter_reconst.core.turns import Status

FORMAT: Literal["jupyter_reconst/report"] = "jupyter_reconst/report"


class Said(Noun):
    """One message of the conversation, as it was sent."""

    role: Literal["system", "user", "assistant"]
    content: str


class Cell(Noun):
    """A cell that was sent along as context."""

    label: str = ""
    source: str = ""
    output: str = ""


class Quoted(Noun):
    """A passage of a library, or a known fact, that was sent along."""

    kind: str
    label: str = ""
    source: str = ""
    text: str = ""


class Held(Noun):
    """An article that was in force, and whether it was sent with the prompt."""

    title: str
    sent: bool
    why: str = ""


class Asked(Noun):
    """How the model was asked: name, parameters, digest of the constitution in force, tokens, milliseconds."""

    turn: str
    model: str
    parameters: dict[str, Any]
    style: str = ""
    digest: str
    status: Status
    prompt_tokens: int
    completion_tokens: int
    milliseconds: float
    at: AwareDatetime


class Marked(Noun):
    """Words that a person highlighted: their W3C selectors, in code points of the output's reading text."""

    part: Aim
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    praise: bool = False
    correction: str = Field(default="", description="What they should have been, or what is missing")
    why: str = ""
    written_by: Literal["", "model", "library", "person"] = Field(
        default="", description="Who wrote the correction that the person chose"
    )


class Origin(Noun):
    """Words that an article came from, and their correction."""

    quote: str = ""
    correction: str = ""


class Rule(Noun):
    """One revision of an article, with where it came from."""

    article: str
    revision: str
    revises: tuple[str, ...] = ()
    title: str
    when: str
    then: str
    why: str = ""
    source: str = ""
    kind: Kind
    always: bool
    author: str = ""
    at: AwareDatetime
    words: tuple[Origin, ...] = ()
    evidence: str = ""
    note: str = ""


class Row(Noun):
    """One prompt, with the replies under today's constitution and under the amended one."""

    bin: str
    prompt: str
    before: str
    after: str
    verdict: Verdict
    mark: Mark | None = Field(default=None, description="What the person says of it; comes before the verdict")
    why: str = ""
    note: str = ""


class Effect(Noun):
    """What a preview of the rule showed: counts over all its rows, and the rows that were chosen."""

    model: str
    says: str
    counts: dict[Verdict, int]
    rows: tuple[Row, ...] = ()


class Report(Noun):
    """A report. What is empty was not there, or was left out; `left_out` counts the parts that were."""

    format: Literal["jupyter_reconst/report"] = FORMAT
    version: Literal[1] = 1
    program: str = ""
    expected: str = Field(default="", description="What the person had expected, in their words")
    asked: Asked | None = None
    articles: tuple[Held, ...] = Field(default=(), description="The constitution in force, by title")
    conversation: tuple[Said, ...] = Field(default=(), description="All messages before the last one")
    cells: tuple[Cell, ...] = Field(default=(), description="Stood in the last message, before the prompt")
    given: tuple[Quoted, ...] = Field(default=(), description="Stood there too")
    prompt: str = ""
    reply: str = ""
    highlights: tuple[Marked, ...] = ()
    rules: tuple[Rule, ...] = ()
    effect: Effect | None = None
    left_out: int = Field(default=0, ge=0)
    names_replaced: int = Field(default=0, ge=0)
