"""The Registries port: the services that the operator named, in that order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jupyter_reconst.core.errors import RegistryFailed
from jupyter_reconst.core.library import Work
from jupyter_reconst.registries.fetching import Fetcher
from jupyter_reconst.registries.services import SERVICES, Service


class Allowed:
    """None of them is touched before it is asked. `instead` puts a test's server in a service's place."""

    def __init__(self, names: Sequence[str], mail: str = "", instead: Mapping[str, str] | None = None) -> None:
        self._services: dict[str, Service] = {}
        for name in dict.fromkeys(names):
            kind, base = SERVICES[name], (instead or {}).get(name)
            pause = 0 if base else kind.pause
            fetcher = Fetcher(kind.name, base or kind.base, mail=mail, pause=pause, insecure=base is not None)
            self._services[kind.name] = kind(fetcher, mail)

    @property
    def names(self) -> tuple[str, ...]:
        """What they are called."""
        return tuple(self._services)

    async def look(self, where: str, work: Work) -> tuple[Work, ...]:
        """The works there that may be this one. Raises RegistryFailed."""
        service = self._services.get(where)
        if service is None:
            raise RegistryFailed(f"{where} may not be asked here.")
        return await service.look(work)

    async def close(self) -> None:
        """Let go of connections."""
        for service in self._services.values():
            await service.fetcher.close()
