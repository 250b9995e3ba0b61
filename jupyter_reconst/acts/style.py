"""Under which law a prompt is asked: what is in force, and the style that the ask or the notebook names.

A style is text that ships with the program. It joins what is in force for the ask, and is in the digest of the turn; a
notebook cannot bring words in this way. What is tried on a turn joins it in the same way: both sides of a preview stand
over the style that the turn was asked in, as far as asking it again would apply it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from jupyter_reconst.acts.answer import Composition
from jupyter_reconst.acts.inforce import constitution_in_force
from jupyter_reconst.core.constitution import Constitution
from jupyter_reconst.core.errors import BadInput
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Document, Ports
from jupyter_reconst.core.styles import NONE, Pick, under
from jupyter_reconst.core.turns import Turn
from jupyter_reconst.prompts.style import picked, styles


@dataclass(frozen=True, slots=True)
class Styled:
    """A law with a style under it; `own` is what is in force without, `ignored` says why a style was not applied.

    `digest` is that of the style's own words.
    """

    law: Constitution
    own: Constitution
    name: str = ""
    ignored: str = ""
    digest: str | None = None

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
        return worn(own, styles()[wish].pick)
    style, ignored = picked(document.reading)
    if style is None:
        return Styled(own, own, ignored=f"{ignored} was not applied." if ignored else "")
    return worn(own, style.pick)


def worn(law: Constitution, pick: Pick | None) -> Styled:
    """A law with the style that is picked for it; without one where none is, or these words are not here."""
    style = styles().get(pick.name) if pick else None
    if pick is None or style is None or style.law.digest != pick.digest:
        return Styled(law, law)
    return Styled(under(law, style.law), law, style.name, digest=pick.digest)


def style_of(turn: Turn) -> tuple[Pick | None, str]:
    """The style that asking a turn again would apply, and words for how that is not what it was asked in.

    What its own line names applies with the words of today; what the notebook named, only with the words of then.
    """
    if not turn.style:
        return None, ""
    style = styles().get(turn.style)
    if style is None:
        return None, f"its style “{turn.style}” is not here any more: tried without it"
    if turn.style_digest == style.law.digest:
        return style.pick, ""
    if turn.wish.style or turn.style_digest is None:
        return style.pick, f"its style “{turn.style}” may have had other words then: tried with those of today"
    return None, f"its style “{turn.style}” has other words today: tried without it"
