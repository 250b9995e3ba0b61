"""Small private files: for their owner alone, written whole or not at all, safe for several servers at once."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from jupyter_reconst.core.errors import StoreError, StoreFull, StoreReadOnly


def private_directory(path: Path) -> None:
    """Make a directory that only its owner can read; one that is there already is closed to others."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.stat().st_mode & 0o077:
            path.chmod(0o700)
    except OSError as error:
        raise refused(error) from error


def private_file(path: Path) -> None:
    """Make an empty file that only its owner can read; one that is there already is closed to others."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except OSError as error:
        raise refused(error) from error


def write_private(path: Path, data: bytes) -> None:
    """Replace a file in one step, after its bytes have reached the disk."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise refused(error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
        _settle(path.parent)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise refused(error) from error


def refused(error: OSError) -> StoreError:
    """What the file system's refusal means to a person. Paths stay out of the sentence."""
    import errno

    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return StoreFull("There is no space left for the feedback store.")
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return StoreReadOnly("The data directory cannot be written.")
    return StoreError("The data directory cannot be used.")


class JsonFile:
    """One JSON object in a private file. Several threads and processes may change it; none loses another's change."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mutex = threading.Lock()
        self._stamp: tuple[int, int, int] | None = None
        self._value: dict[str, Any] = {}

    def read(self) -> dict[str, Any]:
        """The object as it is now; empty where there is none. Not to be changed in place."""
        with self._mutex:
            return self._read()

    def change(self, act: Callable[[dict[str, Any]], None]) -> None:
        """Change a copy of the object and keep it. Raises StoreError; then nothing has changed."""
        with self._mutex:
            private_directory(self._path.parent)
            with _locked(self._path.with_name(f"{self._path.name}.lock")):
                value = json.loads(json.dumps(self._read()))
                act(value)
                write_private(self._path, json.dumps(value, ensure_ascii=False, indent=1).encode())

    def _read(self) -> dict[str, Any]:
        try:
            stat = self._path.stat()
            stamp = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
            if stamp == self._stamp:
                return self._value
            data = self._path.read_bytes()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise refused(error) from error
        try:
            value = json.loads(data)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            self._set_aside()
            return {}
        self._stamp, self._value = stamp, value
        return value

    def _set_aside(self) -> None:
        """A damaged file is kept for a person to look at, and counts as empty."""
        try:
            self._path.replace(self._path.with_name(f"{self._path.name}.damaged"))
        except OSError as error:
            raise refused(error) from error


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a lock that other processes respect; the operating system frees it when a process dies."""
    private_file(path)
    with path.open("r+b") as file:
        _lock(file)
        try:
            yield
        finally:
            _unlock(file)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)

    def _unlock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

    def _settle(directory: Path) -> None:
        """Windows cannot sync a directory."""

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)

    def _unlock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)

    def _settle(directory: Path) -> None:
        """Make the renaming itself durable."""
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
