"""Keys, and where they are kept: the system's keyring if there is a working one, or else a file of mode 0600."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from jupyter_reconst.core.errors import StoreError, StoreFull, StoreReadOnly


class Key:
    """A secret that does not show itself."""

    __slots__ = ("__reveal",)

    def __init__(self, secret: str) -> None:
        def reveal() -> str:
            return secret

        self.__reveal = reveal

    def __bool__(self) -> bool:
        return bool(self.__reveal())

    def __repr__(self) -> str:
        return "Key(•••)" if self else "Key()"

    def reveal(self) -> str:
        """The secret itself."""
        return self.__reveal()


class Secrets(Protocol):
    """Keys by profile name."""

    def get(self, name: str) -> Key:
        """The key of a profile; an empty one where none is kept."""
        ...

    def put(self, name: str, key: Key) -> None:
        """Keep a key; an empty one removes it. Raises StoreError."""
        ...


class KeyFile:
    """Keys in a JSON file, mode 0600."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, name: str) -> Key:
        """The key of a profile."""
        value = read(self._path).get(name)
        return Key(value if isinstance(value, str) else "")

    def put(self, name: str, key: Key) -> None:
        """Keep or remove a key."""
        keys = read(self._path, strict=True)
        if key:
            keys[name] = key.reveal()
        elif keys.pop(name, None) is None:
            return
        write(self._path, keys)


class Keyring:
    """Keys in the system's keyring (macOS Keychain, Windows Credential Locker, Secret Service)."""

    def __init__(self, backend: Any, directory: Path) -> None:
        self._backend = backend
        # Two data directories of one person hold two sets of profiles.
        self._known: dict[str, Key] = {}
        self._service = f"jupyter_reconst {hashlib.sha256(str(directory).encode()).hexdigest()[:12]}"

    def get(self, name: str) -> Key:
        """The key of a profile. Asked of the system once: it may take a while."""
        if name not in self._known:
            with suppress(Exception):
                self._known[name] = Key(self._backend.get_password(self._service, name) or "")
        return self._known.get(name, Key(""))

    def put(self, name: str, key: Key) -> None:
        """Keep or remove a key."""
        failed = False
        try:
            if key:
                self._backend.set_password(self._service, name, key.reveal())
            elif self._backend.get_password(self._service, name) is not None:
                self._backend.delete_password(self._service, name)
        except Exception:
            failed = True
        if failed:
            self._known.pop(name, None)
            raise StoreError("The system's keyring did not keep the key.", remedy="Unlock the keyring and try again.")
        self._known[name] = key


class Both:
    """The keyring for new keys; keys that were kept in the file before it worked are still found."""

    def __init__(self, first: Secrets, second: Secrets) -> None:
        self._first = first
        self._second = second

    def get(self, name: str) -> Key:
        """The key of a profile."""
        return self._first.get(name) or self._second.get(name)

    def put(self, name: str, key: Key) -> None:
        """Keep or remove a key; only one place has it afterwards."""
        self._first.put(name, key)
        self._second.put(name, Key(""))


def secrets(directory: Path) -> Secrets:
    """The best place there is. A keyring without a real backend, as on most servers, does not count."""
    file = KeyFile(directory / "keys.json")
    try:
        import keyring

        backend = keyring.get_keyring()
        works = float(getattr(backend, "priority", 0)) >= 1
    except Exception:  # Not installed, or its backend fails while it is looked for.
        return file
    return Both(Keyring(backend, directory), file) if works else file


def read(path: Path, *, strict: bool = False) -> dict[str, Any]:
    """The JSON object in a file; an empty one where there is none.

    A file that says something else counts as empty too, unless `strict`: then StoreError, so that nobody overwrites it.
    """
    try:
        value = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        value = None
    if strict and not isinstance(value, dict):
        raise StoreError(f"{path.name} cannot be read.", remedy="Repair or remove this file in the data directory.")
    return value if isinstance(value, dict) else {}


def write(path: Path, value: dict[str, Any]) -> None:
    """Replace a file as a whole, readable by its owner only. Raises StoreError; then the old file is still there."""
    name = ""
    failed: StoreError | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mkstemp makes it 0600.
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(value, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
        name = ""
    except OSError as error:
        kind = {28: StoreFull, 122: StoreFull, 30: StoreReadOnly, 13: StoreReadOnly}.get(error.errno or 0, StoreError)
        failed = kind("The profile could not be saved.")
    finally:
        if name:
            with suppress(OSError):
                Path(name).unlink()
    if failed is not None:
        raise failed
