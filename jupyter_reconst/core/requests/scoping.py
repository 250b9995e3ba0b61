"""Moving an article to a farther scope, and taking that back."""

from __future__ import annotations

from typing import Literal

from jupyter_reconst.core.nouns import Id, Noun, Path


class Promote(Noun):
    """Move an article of the notebook to its project, or to all notebooks of this person."""

    id: Id
    path: Path
    article: Id
    to: Literal["user", "project"]


class Demote(Noun):
    """Take a promotion back, while its file is as it left it."""

    id: Id
    path: Path
    promotion: Id
