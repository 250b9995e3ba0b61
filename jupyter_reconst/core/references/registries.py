"""The port to public services that know which works there are; a part of `core.ports`."""

from __future__ import annotations

from typing import Protocol

from jupyter_reconst.core.library import Work


class Registries(Protocol):
    """Public services that know which works there are; those that the operator allows."""

    @property
    def names(self) -> tuple[str, ...]:
        """What they are called, in the order in which they are asked; empty where none may be."""
        ...

    async def look(self, where: str, work: Work) -> tuple[Work, ...]:
        """The works there that may be this one, by its own fields alone. Raises RegistryFailed."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
