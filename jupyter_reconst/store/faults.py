"""What a database's error means to a person. Statements, parameters and paths stay out of the sentences."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from jupyter_reconst.core.errors import StoreBusy, StoreError, StoreFull, StoreReadOnly

BUSY = "Another process is using the feedback store."
FULL = "There is no space left for the feedback store."
READ_ONLY = "The feedback store can only be read."

_SQLITE = (
    ("locked", StoreBusy, BUSY),
    ("is full", StoreFull, FULL),
    ("readonly", StoreReadOnly, READ_ONLY),
    ("unable to open", StoreReadOnly, "The feedback store cannot be opened."),
    ("malformed", StoreError, "The feedback store is damaged. Restore a backup with `jupyter reconst restore`."),
    ("not a database", StoreError, "The feedback store is damaged. Restore a backup with `jupyter reconst restore`."),
)

_POSTGRES = {
    "53100": (StoreFull, FULL),
    "25006": (StoreReadOnly, READ_ONLY),
    "42501": (StoreReadOnly, READ_ONLY),
    "55P03": (StoreBusy, BUSY),
    "40P01": (StoreBusy, BUSY),
    "53300": (StoreBusy, BUSY),
}


def store_error(error: SQLAlchemyError | sqlite3.Error) -> StoreError:
    """The error as ours."""
    cause = error.orig if isinstance(error, DBAPIError) else error if isinstance(error, sqlite3.Error) else None
    kind, sentence = _POSTGRES.get(getattr(cause, "sqlstate", None) or "", (None, ""))
    if kind is not None:
        return kind(sentence)
    said = str(cause).lower()
    for words, kind, sentence in _SQLITE:
        if words in said:
            return kind(sentence)
    return StoreError("The feedback store failed.")


@contextmanager
def told() -> Iterator[None]:
    """Raise a database's errors as ours."""
    try:
        yield
    except SQLAlchemyError as error:
        raise store_error(error) from error
