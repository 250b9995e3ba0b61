"""Step 6, ratify; accepting, history, and taking back."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from jupyter_reconst.core.amendments import Amendment
from jupyter_reconst.core.annotations import Annotation
from jupyter_reconst.core.nouns import Clause, Digest, Id, Noun, Path
from jupyter_reconst.core.remembering import Remembered
from jupyter_reconst.core.requests.previewing import Notebook
from jupyter_reconst.core.turns import Turn


class Ratify(Noun):
    """Make an amendment law for this notebook. Marked rows of the preview become cases."""

    id: Id
    path: Path
    amendment: Amendment
    annotations: tuple[Annotation, ...] = Field(default=(), max_length=20)
    preview: Id | None = None
    note: Clause = Field(default="", description="Why open unintended rows are acceptable")


class Accept(Noun):
    """Take the constitution that the notebook carries, as read by the person: exactly this digest."""

    path: Path
    digest: Digest
    articles: tuple[Id, ...] = Field(description="The ticked articles, in order")
    preamble: bool = True


class History(Noun):
    """The journal of one notebook, newest first."""

    events: tuple[Remembered, ...]
    more: bool = False


class AskHistory(Noun):
    """Page through the journal of a notebook."""

    path: Path
    before: int | None = None
    limit: int = Field(default=50, ge=1, le=500)


class Forget(Noun):
    """Erase a turn's text from the store."""

    turn: Id


class Forgotten(Noun):
    """How many lines of the journal were erased."""

    lines: int


class Retain(Noun):
    """Days to keep turns; none keeps them."""

    days: int | None = Field(default=None, ge=1, le=36_500)


class AskTravels(Notebook):
    """What a notebook carries: as it is open in a page, which says so itself, or as it is saved."""

    content: dict[str, Any] | None = Field(
        default=None, description="The open notebook, of which only what is ours need be told"
    )


class Travels(Noun):
    """One thing that the notebook carries, in words."""

    key: str
    where: str
    says: str
    bytes: int


class Manifest(Noun):
    """All that the notebook carries of ours."""

    items: tuple[Travels, ...]


class Find(Noun):
    """Which turn is meant."""

    turn: Id


class Found(Noun):
    """A turn by its id: as it was recorded, or none while it is being asked."""

    turn: Turn | None


class Done(Noun):
    """It was done."""

    ok: Literal[True] = True
