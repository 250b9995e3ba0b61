"""What a model was sent for something that it wrote: every message to the letter, and what it was made from."""

from __future__ import annotations

from pydantic import AwareDatetime, Field, model_validator

from jupyter_reconst.core.constitution import Scope
from jupyter_reconst.core.nouns import Digest, Id, Line, Noun
from jupyter_reconst.core.turns import Applied, Given, Message, Parameters, Usage


class Sending(Noun):
    """One call of a model, with what it answered. `what` says what it was for, where a piece took several."""

    what: Line = ""
    profile: str = ""
    model: str
    parameters: Parameters = Parameters()
    messages: tuple[Message, ...]
    reply: str = ""
    usage: Usage = Usage()
    cost: float | None = Field(default=None, ge=0, description="In US dollars; none where the price is unknown")
    cached: bool = Field(default=False, description="It was answered from the record, and not sent again")


class SentArticle(Applied):
    """An article, why it was sent or left out, its number under *Constitution* at that time and where it is from."""

    number: int | None = None
    scope: Scope = "notebook"


class AskSent(Noun):
    """Ask for what was sent: for a turn, for what names this `call`, or for both sides of a row of a preview."""

    turn: Id | None = None
    call: Id | None = None
    preview: Id | None = None
    probe: Id | None = None

    @model_validator(mode="after")
    def _one(self) -> AskSent:
        row = self.preview is not None and self.probe is not None
        if (self.turn is not None) + (self.call is not None) + row != 1 or (self.preview is None) != (
            self.probe is None
        ):
            raise ValueError("name one turn, one call, or one row of a preview")
        return self


class WasSent(Noun):
    """What a model was sent for one piece. `exact` is false where it was put together again and may differ."""

    what: Line
    sendings: tuple[Sending, ...] = ()
    digest: Digest | None = Field(default=None, description="Of the constitution in force")
    articles: tuple[SentArticle, ...] = ()
    given: tuple[Given, ...] = Field(default=(), description="Passages and known facts")
    left: int = Field(default=0, ge=0, description="Turns of the conversation that did not fit")
    exact: bool = True
    note: str = ""
    created: AwareDatetime | None = None


class KeptCalls(Noun):
    """The journal's line of what was sent for a piece. It is forgotten with the ids that it is `about`."""

    what: Line
    about: tuple[Id, ...] = ()
    sendings: tuple[Sending, ...] = ()
