"""W3C Web Annotations on notebook outputs: what was highlighted, and what was said about it.

Source: W3C Web Annotation Data Model (Recommendation, 2017), sections 3 (bodies and targets) and 4.2 (selectors).
Offsets count Unicode code points of the output's *reading text*: its visible text, each formula replaced by its TeX.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from jupyter_reconst.core.nouns import CellId, Id, Kept, Prose

Part = Literal["words", "missing", "whole"]
"""What of the output is meant: some of its words, a place where something is missing, or all of it."""

Purpose = Literal["editing", "describing", "assessing", "commenting"]
"""editing: what it should have been. describing: why it is wrong. assessing: keep doing this. commenting: a note."""


class TextQuoteSelector(Kept):
    """The words, with some text before and after (W3C 4.2.4)."""

    type: Literal["TextQuoteSelector"] = "TextQuoteSelector"
    exact: Prose
    prefix: str = Field(default="", max_length=400)
    suffix: str = Field(default="", max_length=400)


class TextPositionSelector(Kept):
    """The place, as code point offsets into the reading text, end exclusive (W3C 4.2.5)."""

    type: Literal["TextPositionSelector"] = "TextPositionSelector"
    start: int = Field(ge=0)
    end: int = Field(ge=0)


Selector = Annotated[TextQuoteSelector | TextPositionSelector, Field(discriminator="type")]


class Target(Kept):
    """Where a highlight lies. `occurrence` counts equal quotes before this one in the same output, from 0."""

    type: Literal["SpecificResource"] = "SpecificResource"
    cell: CellId
    output: int = Field(ge=0)
    part: Part = "words"
    occurrence: int = Field(default=0, ge=0)
    turn: Id | None = None
    selector: tuple[Selector, ...] = ()

    @property
    def quote(self) -> str:
        """The highlighted words; empty for a missing thing or a whole output."""
        return next((s.exact for s in self.selector if isinstance(s, TextQuoteSelector)), "")


class Source(Kept):
    """Where a candidate came from: a model by name, our library by kind, or the person."""

    by: Literal["model", "library", "person"]
    name: str = Field(default="", max_length=200)


class TextualBody(Kept):
    """One thing said about the target (W3C 3.2.4)."""

    type: Literal["TextualBody"] = "TextualBody"
    purpose: Purpose
    value: Prose
    source: Source | None = None


class Creator(Kept):
    """Who wrote it, as the file claims."""

    type: Literal["Person"] = "Person"
    name: str = Field(default="", max_length=200)


class Annotation(Kept):
    """A highlight and what was said about it; kept in the cell's metadata as `reconst:annotation:<id>`."""

    context: Literal["http://www.w3.org/ns/anno.jsonld"] = Field(
        default="http://www.w3.org/ns/anno.jsonld", alias="@context"
    )
    type: Literal["Annotation"] = "Annotation"
    id: Id
    motivation: Literal["highlighting", "editing", "assessing", "commenting"] = "highlighting"
    body: tuple[TextualBody, ...] = ()
    target: Target
    created: AwareDatetime
    modified: AwareDatetime | None = None
    creator: Creator = Creator()

    def said(self, purpose: Purpose) -> str:
        """The first body with this purpose, or an empty string."""
        return next((b.value for b in self.body if b.purpose == purpose), "")
