"""What the acts need of the world, as Protocols. Adapters live in rooms of their own; `wiring` chooses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from jupyter_reconst.core.ports.documents import CellState, Document, Documents, Scopes
from jupyter_reconst.core.ports.journal import Accepted, Event, EventKind, Journal, Trust
from jupyter_reconst.core.ports.models import Model, ModelInfo, Models, Noted, Piece
from jupyter_reconst.core.ports.provers import Assistant, Prover
from jupyter_reconst.core.ports.reading import Embedder, Library, Reader, Registries, Wiki

__all__ = [
    "Accepted",
    "Assistant",
    "CellState",
    "Clock",
    "Document",
    "Documents",
    "Embedder",
    "Event",
    "EventKind",
    "Journal",
    "Library",
    "Model",
    "ModelInfo",
    "Models",
    "Noted",
    "Piece",
    "Ports",
    "Prover",
    "Reader",
    "Registries",
    "Scopes",
    "Trust",
    "Wiki",
]


class Clock(Protocol):
    """Time and chance."""

    def now(self) -> datetime:
        """The time, in UTC. For display only: order comes from the journal."""
        ...

    def monotonic(self) -> float:
        """Seconds that never run backwards."""
        ...

    def id(self) -> str:
        """A new ULID."""
        ...


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything an act may reach."""

    journal: Journal
    trust: Trust
    documents: Documents
    models: Models
    clock: Clock
    scopes: Scopes
    prover: Prover | None = None
    assistant: Assistant | None = None
    library: Library | None = None
    reader: Reader | None = None
    embedder: Embedder | None = None
    registries: Registries | None = None
    noted: Noted | None = None
