"""Which notebook is where: ids given to notebooks that carry none yet, and where each id was last seen.

Kept in the data directory, so that a notebook keeps its id between opening and the first thing written into it, and so
that a copy can be told from a rename.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from jupyter_reconst.core.identities import Known
from jupyter_reconst.store.files import JsonFile

_MOST = 5_000
"""Places remembered; the ones not seen for longest go first."""


class FileIdentities:
    """The places of notebooks, in one JSON file."""

    def __init__(self, directory: Path) -> None:
        self._file = JsonFile(directory / "notebooks.json")

    def at(self, place: str) -> Known | None:
        """What is known of the notebook at an absolute path."""
        return _known(self._file.read().get(place))

    def places(self, notebook: str) -> list[str]:
        """Where an id was seen, latest last."""
        found = self._file.read().items()
        return [place for place, value in found if isinstance(value, dict) and value.get("notebook") == notebook]

    def remember(self, place: str, known: Known, *, instead: str | None = None) -> None:
        """Note a notebook's place; `instead` is the place that it has left. Raises StoreError."""

        def change(value: dict[str, Any]) -> None:
            value.pop(instead or place, None)
            value.pop(place, None)
            value[place] = known.model_dump(mode="json")
            while len(value) > _MOST:
                del value[next(iter(value))]

        self._file.change(change)


def _known(value: Any) -> Known | None:
    try:
        return Known.model_validate(value)
    except ValidationError:
        return None
