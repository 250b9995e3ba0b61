"""A person's library: works by their bibliographic data, and passages of their texts.

All of it comes from files that others wrote: it is quoted, shown as text, and never an instruction.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from jupyter_reconst.core.nouns import Line, Noun

Key = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
"""Names an entry or a passage by its content, so that it is the same after indexing again."""

Name = Annotated[str, StringConstraints(max_length=200)]
Title = Annotated[str, StringConstraints(max_length=1_000)]


class Author(Noun):
    """Who wrote a work. A body has a family name alone."""

    family: Name
    given: Name = ""


class Work(Noun):
    """What is known of a work, or said of it by somebody who refers to it."""

    title: Title = ""
    authors: tuple[Author, ...] = Field(default=(), max_length=100)
    year: int | None = Field(default=None, ge=-9_999, le=9_999)
    doi: Name = Field(default="", description="As 10.1000/182, in lower case")
    arxiv: Name = Field(default="", description="As 2101.00001 or math/0309136, without its version")


class Entry(Work):
    """A work in a library: of a bibliography, or a file that no bibliography describes (then its type is *file*)."""

    id: Key
    type: Line = "file"
    key: Line = Field(default="", description="What the bibliography calls it, as in \\cite{key}")
    container: Title = Field(default="", description="The journal or the book that it is in")
    url: str = Field(default="", max_length=2_000)
    file: str = Field(
        default="", max_length=4_096, description="The document itself, below the server's folder; empty elsewhere"
    )

    @property
    def label(self) -> str:
        """How it is cited in passing: “Smith 2020”, “Smith and Jones 2020”, “Smith et al. 2020”, or its title."""
        names = [author.family for author in self.authors]
        if not names:
            return self.title[:160] or self.key
        who = names[0] if len(names) == 1 else " and ".join(names) if len(names) == 2 else f"{names[0]} et al."
        return f"{who[:150]} {self.year}" if self.year is not None else who[:160]


class Passage(Noun):
    """Some hundred words of a work, as they stand there."""

    id: Key
    entry: Entry
    locator: Line = Field(default="", description="“p. 4”, “§ Methods”, “cell 7”; empty for the whole")
    text: str = Field(max_length=4_000)

    @property
    def label(self) -> str:
        """As “Smith 2020, p. 4”."""
        return f"{self.entry.label}, {self.locator}"[:200] if self.locator else self.entry.label


class Held(Noun):
    """A file or folder that a person put into the library."""

    path: str = Field(max_length=4_096, description="Absolute")
    shown: str = Field(default="", max_length=4_096, description="Below the server's folder where it is there")
    documents: int = Field(ge=0, description="Files that can be searched")
    skipped: int = Field(ge=0, description="Files that could not be read")
    indexed: str = Field(default="", description="When it was last gone through to its end; empty: not yet")


class Embedded(Noun):
    """How many passages can be found by their meaning. Words find all of them."""

    done: int = Field(default=0, ge=0)
    of: int = Field(default=0, ge=0)
    missing: Line = Field(default="", description="What is missing to embed them; empty when nothing is")


class Skipped(Noun):
    """A file that is not in the library, and why."""

    path: str = Field(max_length=4_096, description="Below the server's folder where it is there")
    why: Line


class Indexed(Noun):
    """How far indexing is: `done` of `of` files; `name` is the one that was just read, `why` says what is amiss.

    After the files come their passages: how many of them can be found by their meaning.
    """

    type: Literal["indexed"] = "indexed"
    what: Literal["files", "passages"] = "files"
    done: int = Field(ge=0)
    of: int = Field(ge=0)
    name: str = Field(default="", max_length=4_096)
    why: Line = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a source as it lies on the disk; `path` is absolute, `modified` in nanoseconds."""

    path: str
    size: int
    modified: int
    why: Line = ""


@dataclass(frozen=True, slots=True)
class Portion:
    """A passage that was just read: of which of the document's entries, where, and what it says."""

    entry: int
    locator: str
    text: str


@dataclass(frozen=True, slots=True)
class Readable:
    """What a file says. `why` tells what of it could not be read; without portions it is not in the library."""

    file: File
    digest: str
    entries: tuple[Entry, ...] = ()
    portions: tuple[Portion, ...] = ()
    why: Line = ""


def named(*parts: str) -> Key:
    """The key of what these parts say."""
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
