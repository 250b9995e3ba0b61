"""Opening a database: a private SQLite file, or PostgreSQL by URL. One that cannot be written is opened for reading.

SQLite: WAL where the file system bears it, `synchronous=FULL`, every write `BEGIN IMMEDIATE`, five seconds of patience.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.pool import StaticPool

from jupyter_reconst.core.errors import StoreError, StoreNewer, StoreReadOnly
from jupyter_reconst.store import migrations
from jupyter_reconst.store.faults import READ_ONLY, told
from jupyter_reconst.store.files import private_directory, private_file
from jupyter_reconst.store.mounts import on_network
from jupyter_reconst.store.search import Fts5, FullText, TsVector

PATIENCE = 5
"""Seconds to wait for another process."""

_LOCK = 0x7265636F6E7374
"""PostgreSQL: one writer at a time, so that sequence order is commit order, as in SQLite."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A database ready for use; `problem` says why it can only be read."""

    engine: Engine
    full_text: FullText
    problem: StoreError | None = None


def open_sqlite(path: Path) -> Opened:
    """Open, and bring to this version after a backup. Raises StoreError where not even reading is possible."""
    try:
        private_directory(path.parent)
        private_file(path)
        with told():
            return _sqlite_to_write(path)
    except StoreReadOnly as problem:
        if not path.exists():
            raise
        return read_sqlite(path, problem)


def _sqlite_to_write(path: Path) -> Opened:
    engine = _sqlite(f"{_uri(path)}?mode=rw", journal="DELETE" if on_network(path) else "WAL")
    with engine.execution_options(reading=True).connect() as connection:
        found = migrations.version(connection)
    if found is not None and found not in migrations.KNOWN:
        return Opened(engine, Fts5(), _newer())
    if found != migrations.HEAD:
        if found is not None:
            copy_sqlite(engine, path.with_name(f"{path.name}.before-{migrations.HEAD}"))
        with engine.begin() as connection:
            if migrations.version(connection) != migrations.HEAD:  # Another process may have been first.
                migrations.migrate(connection)
    return Opened(engine, Fts5())


def read_sqlite(path: Path, problem: StoreError | None = None) -> Opened:
    """Open for reading alone. A WAL database on a read-only file system opens only as `immutable`."""
    with told():
        for how in ("mode=ro", "mode=ro&immutable=1"):
            engine = _sqlite(f"{_uri(path)}?{how}")
            try:
                with engine.connect() as connection:
                    found = migrations.version(connection)
                break
            except Exception:
                engine.dispose()
                if how.endswith("1"):
                    raise
    if found is not None and found not in migrations.KNOWN:
        problem = _newer()
    return Opened(engine, Fts5(), problem or StoreReadOnly(READ_ONLY))


def copy_sqlite(engine: Engine, path: Path) -> None:
    """A consistent, compact, private copy beside its final name, then put in place."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    private_file(part)
    try:
        with engine.execution_options(reading=True, isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("VACUUM INTO :path"), {"path": str(part)})
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _uri(path: Path) -> str:
    return f"file:{quote(path.as_posix())}"


def _sqlite(uri: str, journal: str | None = None) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        if journal is not None:
            _prepare(connection, journal)
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("isolation_level") != "AUTOCOMMIT" and journal is not None and not options.get("reading"):
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # What reads needs none: one statement sees one state.

    return engine


def _prepare(connection: sqlite3.Connection, journal: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while connection.execute("PRAGMA journal_mode").fetchone()[0].upper() != journal:
        try:
            connection.execute(f"PRAGMA journal_mode = {journal}")
            break  # Where the file system cannot do it, SQLite keeps the mode it had: DELETE.
        except sqlite3.OperationalError as error:
            # Changing the mode needs the file alone, and SQLite does not wait for that by itself.
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
    for pragma in ("synchronous = FULL", "secure_delete = ON", "trusted_schema = OFF"):
        connection.execute(f"PRAGMA {pragma}")


def open_postgres(url: str) -> Opened:
    """Open, and bring to this version. Raises StoreError."""
    scheme, _, rest = url.partition("://")
    driver = scheme if "+" in scheme else "postgresql+psycopg"
    options: dict[str, Any] = {
        "connect_timeout": PATIENCE,
        "options": f"-c lock_timeout={PATIENCE * 1000} -c timezone=UTC",
    }
    try:
        engine = create_engine(
            f"{driver}://{rest}", pool_size=1, max_overflow=0, pool_pre_ping=True, connect_args=options
        )
    except ModuleNotFoundError as error:
        remedy = "Install it: pip install 'jupyter_reconst[postgres]'."
        raise StoreError("The driver for PostgreSQL is not installed.", remedy=remedy) from error

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if not connection.get_execution_options().get("reading"):
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")

    with told():
        with engine.execution_options(reading=True).connect() as connection:
            found = migrations.version(connection)
        if found is not None and found not in migrations.KNOWN:
            return Opened(engine, TsVector(), _newer())
        if found != migrations.HEAD:
            with engine.begin() as connection:
                if migrations.version(connection) != migrations.HEAD:
                    migrations.migrate(connection)
    return Opened(engine, TsVector())


def _newer() -> StoreNewer:
    return StoreNewer("The feedback store was written by a newer version of jupyter_reconst.")


Opener = Callable[[], Opened]


def opener(url: str, path: Path) -> Opener:
    """How to open what the settings name: a URL, or else the SQLite file."""
    if not url:
        return lambda: open_sqlite(path)
    scheme, _, rest = url.partition("://")
    if scheme.startswith("sqlite"):
        return lambda: open_sqlite(Path(rest.removeprefix("/") or path))
    if scheme.split("+")[0] in ("postgres", "postgresql"):
        return lambda: open_postgres(url)
    raise StoreError("The feedback store's URL must begin with sqlite:// or postgresql://.")
