"""Putting a backup in place of the present store, which is kept beside it."""

from __future__ import annotations

import shutil
from datetime import datetime, timezone
from pathlib import Path

from jupyter_reconst.core.errors import BadInput, StoreBusy, StoreError
from jupyter_reconst.store.files import private_directory, private_file, refused
from jupyter_reconst.store.journal import FILE


def restored(directory: Path, url: str, copy: Path) -> Path | None:
    """Replace the SQLite store by a copy. Raises BadInput for what is no copy of one, StoreBusy while it is in use."""
    from sqlalchemy import text

    from jupyter_reconst.store.engines import copy_sqlite, open_sqlite, read_sqlite
    from jupyter_reconst.store.faults import told

    if url and not url.startswith("sqlite"):
        remedy = "Restore the database with pg_restore."
        raise BadInput("A store in PostgreSQL is restored with PostgreSQL's own tools.", remedy=remedy)
    if not copy.is_file():
        raise BadInput("There is no such file.")
    path = directory / FILE
    private_directory(directory)
    part = path.with_name(f".{path.name}.restored")
    try:
        part.unlink(missing_ok=True)
        private_file(part)
        shutil.copyfile(copy, part)
    except OSError as error:
        raise refused(error) from error
    try:
        opened = read_sqlite(part)
        with told(), opened.engine.connect() as connection:
            whole = connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            found = connection.execute(text("SELECT count(*) FROM journal")).scalar() is not None
        opened.engine.dispose()
    except StoreError:
        whole = found = False
    if not (whole and found):
        part.unlink()
        raise BadInput(f"{copy.name} is not a copy of a feedback store.")
    kept = None
    if path.exists():
        kept = path.with_name(f"{path.name}.{datetime.now(timezone.utc):%Y%m%dT%H%M%S}")
        present = open_sqlite(path)
        with told():
            copy_sqlite(present.engine, kept)
        present.engine.dispose()
        # The last one to let go of a store removes its log. If it is still there, somebody else is using the store.
        if path.with_name(f"{path.name}-wal").exists():
            part.unlink()
            raise StoreBusy("A running server uses the feedback store.", remedy="Stop Jupyter, then restore.")
    part.replace(path)
    return kept
