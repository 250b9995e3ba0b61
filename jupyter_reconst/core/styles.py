"""Styles: constitutions that ship with the program and are laid under an ask or a notebook by their names.

A notebook names one with the digest of its text. It cannot bring words of its own in this way: a name that we do not
know, or with another digest, has no effect and that is said.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from jupyter_reconst.core.constitution import BETWEEN, Constitution
from jupyter_reconst.core.nouns import Digest, Kept, Line, Noun

NONE = "none"
"""What a person says to ask without the notebook's style."""


class Pick(Kept):
    """A style by its name and the digest of its words: of a notebook (the key `reconst:style`), or of a probe."""

    name: Line = Field(min_length=1)
    digest: Digest


class Named(Noun):
    """A style that can be chosen: its name, what it calls itself, and the digest of its text."""

    name: Line
    title: Line
    digest: Digest


@dataclass(frozen=True, slots=True)
class Style:
    """One style: its name, what it calls itself, its text as a file, and what that says."""

    name: str
    title: str
    text: str
    law: Constitution

    @property
    def pick(self) -> Pick:
        """How it is named where its words are meant."""
        return Pick(name=self.name, digest=self.law.digest)

    @property
    def named(self) -> Named:
        """How it is offered and pinned."""
        return Named(name=self.name, title=self.title, digest=self.law.digest)


def under(law: Constitution, style: Constitution) -> Constitution:
    """What is in force, and the style after it, nearest to the question.

    An article of the style that the law has a version of applies as it stands there: who copied a style and edited it
    means the edited words, switched off ones too. The same holds for its preamble.
    """
    known = {article.id for article in law.articles}
    said = [law.preamble] if style.preamble in law.preamble else [law.preamble, style.preamble]
    return law.model_copy(
        update={
            "articles": (*law.articles, *(a for a in style.effective if a.id not in known)),
            "preamble": BETWEEN.join(filter(None, said)),
        }
    )
