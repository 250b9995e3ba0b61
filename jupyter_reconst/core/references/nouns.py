"""What a reply refers to, and what is known of it. Offsets count Unicode code points, as everywhere."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from jupyter_reconst.core.library import Title, Work
from jupyter_reconst.core.nouns import Id, Line, Noun, Prose

Form = Literal["entry", "inline", "citation", "identifier"]
"""entry: a line of a list. inline: in full, in a sentence. citation: “Lee (2019)”. identifier: a DOI or arXiv id."""

State = Literal["in_library", "found", "differs", "not_found", "unknown"]
"""`unknown` where nothing was searched: it is no claim."""

Where = Annotated[str, StringConstraints(max_length=60)]
"""A place that was searched, as a person reads it: “your library”, “Crossref”."""


class Span(Noun):
    """A stretch of the text, end exclusive."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Reference(Work):
    """A work that a text refers to, in its own words. `mentions` are the places that point to it, as [3] does."""

    quote: Prose
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    form: Form
    label: Line = Field(default="", description="What a list calls it: “3”, or the key of a BibTeX entry")
    container: Title = ""
    volume: Line = ""
    pages: Line = ""
    url: str = Field(default="", max_length=2_000)
    mentions: tuple[Span, ...] = Field(default=(), max_length=1_000)


class Mismatch(Noun):
    """A field in which a reference and the work that it names are not the same."""

    field: Literal["title", "authors", "year", "doi", "arxiv"]
    said: Title
    known: Title


class Looked(Noun):
    """A place that was searched for a reference, and the nearest work there. `problem`: why nothing is known of it."""

    where: Where
    nearest: Work | None = None
    url: str = Field(default="", max_length=2_000, description="Where the nearest work can be read about")
    problem: Line = ""


class Marking(Noun):
    """What a person said of a reference: it is wrong, and, where they know it, what is right."""

    id: Id
    right: Prose = ""


class MarkedReference(Noun):
    """A reference, with what is known of it and where that was looked up.

    `wrong` is this person's own word, of this reply or of an earlier one that named the same work in the same way.
    """

    reference: Reference
    state: State = "unknown"
    looked: tuple[Looked, ...] = ()
    differs: tuple[Mismatch, ...] = ()
    wrong: Marking | None = None
