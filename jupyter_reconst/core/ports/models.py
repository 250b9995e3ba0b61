"""Models, and what a person should know of one before asking it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Protocol

from pydantic import Field

from jupyter_reconst.core.nouns import Noun
from jupyter_reconst.core.turns import Message, Parameters, Reply, Usage


class ModelInfo(Noun):
    """What a person should know about a model before asking it."""

    profile: str
    model: str
    endpoint: str = Field(default="", description="Scheme and host, for display; empty for the embedded model")
    embedded: bool = False
    recording: bool = False
    context: int | None = Field(default=None, ge=1, description="Context length in tokens, where it is known")
    timeout: float = Field(default=60, description="Seconds without a token until *still waiting*")
    at_once: int = Field(default=8, ge=1, description="Calls of one run that may be under way together")
    prompt_price: float | None = Field(default=None, description="US dollars per million prompt tokens")
    completion_price: float | None = Field(default=None, description="US dollars per million completion tokens")

    @property
    def cost_unknown(self) -> bool:
        """Whether nobody has said what it costs."""
        return self.prompt_price is None or self.completion_price is None

    def cost(self, usage: Usage) -> float | None:
        """US dollars, or none where the price is not known."""
        if self.prompt_price is None or self.completion_price is None:
            return None
        return (usage.prompt * self.prompt_price + usage.completion * self.completion_price) / 1_000_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of a reply, or its end (then `finish_reason` is set, and `usage` where the endpoint says it)."""

    text: str = ""
    finish_reason: str | None = None
    usage: Usage | None = None


class Model(Protocol):
    """One model of one endpoint."""

    @property
    def info(self) -> ModelInfo:
        """Name, context length, prices."""
        ...

    def stream(self, messages: tuple[Message, ...], parameters: Parameters) -> AsyncIterator[Piece]:
        """Pieces as they come. Closing the iterator stops the call. A stream without a finish reason was cut off.

        Raises ModelError (or one of its kinds) and TooLong.
        """
        ...

    def tokens(self, text: str) -> int:
        """About how many tokens a text has."""
        ...


class Models(Protocol):
    """The models a person can ask."""

    async def model(self, profile: str | None = None, name: str | None = None) -> Model:
        """The chosen profile's model, or the default. Raises NoModel."""
        ...

    async def embedded(self) -> bool:
        """Whether the model in use is the embedded one. Asks nobody, and never fails."""
        ...

    async def recording(self, sample: str) -> Model:
        """The recorded model of a sample. Raises NotFound."""
        ...

    async def close(self) -> None:
        """End clients and child processes."""
        ...


Noted = Callable[[Model, tuple[Message, ...], Parameters, Reply], None]
"""Told of each call that ends, and of each that the record answers."""
