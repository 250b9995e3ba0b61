"""Under which law a prompt is asked: what is in force, and the style that the ask or the notebook names.

A style is text that ships with the program. It joins what is in force for the ask, and is in the digest of the turn; a
notebook cannot bring words in this way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from jupyter_reconst.acts.answer import Composition
from jupyter_reconst.acts.inforce import constitution_in_force
from jupyter_reconst.core.constitution import Constitution
from jupyter_reconst.core.errors import BadInput
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Document, Ports
from jupyter_reconst.core.styles import NONE, under
from jupyter_reconst.prompts.style import picked, styles


@dataclass(frozen=True, slots=True)
class Styled:
    """A law with a style under it; `own` is what is in force without, `ignored` says why a style was not applied."""

    law: Constitution
    own: Constitution
    name: str = ""
    ignored: str = ""

    @property
    def beside(self) -> str | None:
        """The digest of what is in force, where a style is under it."""
        return self.own.digest if self.name else None

    def marked(self, made: Composition) -> Composition:
        """What was composed, saying of the style's articles that they are the style's."""
        known = {article.id for article in self.own.articles}
        why = f"the style {self.name}"
        applied = (a if a.article in known or not a.sent else a.model_copy(update={"why": why}) for a in made.applied)
        return replace(made, applied=tuple(applied)) if self.name else made


async def styled(ports: Ports, person: Person, document: Document, wish: str = "") -> Styled:
    """What is in force, under the style that is wished for (“none” for none), else under the notebook's.

    Raises BadInput where there is no style of that name.
    """
    own = await constitution_in_force(ports, person, document)
    if wish == NONE:
        return Styled(own, own)
    if wish:
        if wish not in styles():
            names = ", ".join(styles())
            raise BadInput(f"There is no style “{wish}”. Nothing was sent.", remedy=f"Use one of {names}, or {NONE}.")
        return Styled(under(own, styles()[wish].law), own, wish)
    style, ignored = picked(document.reading)
    if style is None:
        return Styled(own, own, ignored=f"{ignored} was not applied." if ignored else "")
    return Styled(under(own, style.law), own, style.name)
