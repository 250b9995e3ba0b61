"""The wiki: searching packs and articles, reading one, taking a copy of it, and offering an article back."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from jupyter_reconst.core.constitution import Case, Kind
from jupyter_reconst.core.nouns import Digest, Id, Line, Noun, Path
from jupyter_reconst.core.requests.documents import Review
from jupyter_reconst.core.sharing.adopting import Step


class Browse(Noun):
    """Look for articles that hold all of these words; without words, only the packs are listed."""

    words: Line = ""
    path: Path | None = Field(default=None, description="The notebook whose pins are compared")


class Shelved(Noun):
    """One pack of the wiki. All of it is what its file claims, but for the digest."""

    name: str
    title: str = ""
    version: str = ""
    authors: str = ""
    licence: str = ""
    source: str = Field(default="", description="The package or the folder that it is from")
    digest: Digest | None = Field(default=None, description="None where it cannot be read: `problem` says why")
    articles: int = 0
    cases: int = 0
    problem: str = ""
    standing: Literal["", "adopted", "update"] = Field(
        default="", description="Whether the notebook has copied it, and whether it reads otherwise now"
    )


class Hit(Noun):
    """An article that holds the words."""

    pack: str
    article: Id
    title: str
    then: str = Field(description="Its beginning")
    kind: Kind


class Browsed(Noun):
    """What the wiki holds."""

    packs: tuple[Shelved, ...]
    hits: tuple[Hit, ...] = ()
    more: int = Field(default=0, ge=0, description="Articles that hold the words too and were left off")


class Open(Noun):
    """Read one pack of the wiki, by the name that browsing gave it."""

    pack: Line
    path: Path | None = None


class Used(Noun):
    """Where else an article is: in another pack, or in a notebook of the wiki's folders."""

    article: Id
    where: str
    same: bool = Field(description="Whether it reads the same there")


class Page(Noun):
    """One pack to be read. Nothing of it is in the notebook, and nothing is sent."""

    pack: Shelved
    review: Review
    cases: tuple[Case, ...] = ()
    used: tuple[Used, ...] = ()
    copied: tuple[Id, ...] = Field(default=(), description="The articles that the notebook has, where it has a part")
    steps: tuple[Step, ...] = Field(default=(), description="What adopting it, or that part, would change")


class Lend(Noun):
    """A copy of a pack, or of some of its articles alone, as a file to review like any other."""

    pack: Line
    digest: Digest = Field(description="The pack's as it was read")
    articles: tuple[Id, ...] = Field(default=(), max_length=500, description="None: all of it")


class Lent(Noun):
    """A file by that name, to be read as any other."""

    name: str
    text: str
    part: bool = Field(description="It holds only some articles of the pack")


class Offer(Noun):
    """Offer an article of the notebook to a pack, as a patch of the pack's file."""

    path: Path
    article: Id
    pack: Line
    cases: bool = Field(default=False, description="With its kept cases: their prompts and replies")


class Patch(Noun):
    """A patch that `git apply` takes, and what goes along with the words of the article."""

    name: str
    text: str
    says: str
