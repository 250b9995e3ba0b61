"""Tell the engineers: what a report is to be about, and what would be in it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from jupyter_reconst.core.annotations import Annotation
from jupyter_reconst.core.nouns import Id, Line, Noun, Path, Prose
from jupyter_reconst.core.reports.drawing import ReportPart
from jupyter_reconst.core.reports.names import Replaced


class Tell(Noun):
    """A report on a turn, on one highlight of it, or on an article. Nothing is sent anywhere by it.

    `annotations` are those that stand in the notebook: which of them it is about is decided here. `without` are parts
    to leave out, `words` more words to replace.
    """

    path: Path
    turn: Id | None = None
    annotation: Id | None = None
    article: Id | None = None
    annotations: tuple[Annotation, ...] = Field(default=(), max_length=2_000)
    expected: Prose = ""
    without: tuple[Line, ...] = Field(default=(), max_length=500)
    words: tuple[Line, ...] = Field(default=(), max_length=100)
    format: Literal["md", "json"] = "md"


class Told(Noun):
    """The report as it would be saved, byte for byte, and what can be left out of it."""

    file: str
    text: str
    parts: tuple[ReportPart, ...] = ()
    replaced: tuple[Replaced, ...] = ()
