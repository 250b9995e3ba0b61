"""What each person has accepted: digests with their accepted text, outside every notebook, one private file per person.

Acceptance is by content. An entry whose text does not have its digest (a file changed by hand) counts as not accepted.
"""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from jupyter_reconst.core.ports import Accepted
from jupyter_reconst.store.files import JsonFile


class FileTrust:
    """The trust store below a data directory."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory / "trust"
        self._files: dict[str, JsonFile] = {}

    async def accepted(self, owner: str, digest: str) -> Accepted | None:
        """The acceptance of exactly this content."""
        return _entry(await self._read(owner), digest)

    async def standing(self, owner: str, notebook: str) -> Accepted | None:
        """What is in force for this person in this notebook."""
        value = await self._read(owner)
        digest = _part(value, "standing").get(notebook)
        return _entry(value, digest) if isinstance(digest, str) else None

    async def accept(self, owner: str, accepted: Accepted) -> None:
        """Remember that this person has accepted this content."""

        def change(value: dict[str, Any]) -> None:
            if _entry(value, accepted.digest) is None:
                value["accepted"] = _part(value, "accepted") | {accepted.digest: accepted.model_dump(mode="json")}

        await self._change(owner, change)

    async def stand(self, owner: str, notebook: str, digest: str) -> None:
        """Let an accepted content be what is in force in a notebook."""

        def change(value: dict[str, Any]) -> None:
            value["standing"] = _part(value, "standing") | {notebook: digest}

        value = await self._read(owner)
        if _part(value, "standing").get(notebook) != digest:
            await self._change(owner, change)

    async def revoke(self, owner: str, digest: str) -> None:
        """Forget an acceptance."""

        def change(value: dict[str, Any]) -> None:
            _part(value, "accepted").pop(digest, None)

        await self._change(owner, change)

    async def _read(self, owner: str) -> dict[str, Any]:
        return await asyncio.to_thread(self._file(owner).read)

    async def _change(self, owner: str, change: Any) -> None:
        def act(value: dict[str, Any]) -> None:
            value.setdefault("version", 1)
            value.setdefault("owner", owner)
            change(value)

        # A decision of a person is kept even where the one who waited for it has left.
        await asyncio.shield(asyncio.to_thread(self._file(owner).change, act))

    def _file(self, owner: str) -> JsonFile:
        # Names of people may hold anything that a file name may not.
        name = hashlib.sha256(owner.encode()).hexdigest()[:32]
        return self._files.setdefault(owner, JsonFile(self._directory / f"{name}.json"))


def _part(value: dict[str, Any], name: str) -> dict[str, Any]:
    """An object within the file; an empty one where the file says something else."""
    found = value.get(name)
    return found if isinstance(found, dict) else {}


def _entry(value: dict[str, Any], digest: str) -> Accepted | None:
    try:
        found = Accepted.model_validate(_part(value, "accepted").get(digest))
    except ValidationError:
        return None
    return found if found.digest == digest == found.constitution.digest else None
