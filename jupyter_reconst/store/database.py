"""The journal's statements. Everything here runs on the one thread of `journal.py`, which alone imports it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json
from sqlalchemy import Connection, bindparam, select, text
from sqlalchemy.dialects import postgresql, sqlite

from jupyter_reconst.core.errors import BadInput, StoreError
from jupyter_reconst.core.ports import Event, EventKind
from jupyter_reconst.core.turns import Reply
from jupyter_reconst.store import forgetting
from jupyter_reconst.store.engines import Opened, Opener, copy_sqlite
from jupyter_reconst.store.faults import told
from jupyter_reconst.store.search import readable
from jupyter_reconst.store.tables import journal, replies

_PORTION = 500

_CACHED = select(replies.c.key, replies.c.body).where(replies.c.key.in_(bindparam("keys", expanding=True)))
"""Built once: every call of every preview asks for it."""


class Database:
    """An open feedback store."""

    def __init__(self, opener: Opener) -> None:
        self._opened: Opened = opener()
        self._reader = self._opened.engine.execution_options(reading=True)
        self._sqlite = self._opened.engine.dialect.name == "sqlite"
        insert: Any = sqlite.insert if self._sqlite else postgresql.insert
        once = insert(journal).on_conflict_do_nothing(index_elements=["owner", "id"])
        self._append = once.returning(journal.c.sequence)
        self._remember = insert(replies).on_conflict_do_nothing(index_elements=["key"])

    @property
    def problem(self) -> StoreError | None:
        """Why it can only be read."""
        return self._opened.problem

    def append(self, events: Sequence[Event]) -> None:
        """One transaction; ids that are there already are skipped."""
        rows = [_row(event) for event in events]
        with self._writing() as connection:
            for row, event in zip(rows, events, strict=True):
                sequence = connection.execute(self._append, row).scalar()
                if sequence is not None:
                    self._opened.full_text.add(connection, sequence, readable(event.body))

    def get(self, owner: str, id: str) -> Event | None:
        """One event of this owner."""
        with self._reading() as connection:
            row = connection.execute(select(journal).where(journal.c.owner == owner, journal.c.id == id)).first()
        return None if row is None else _event(row)

    def known(self, owner: str, ids: Sequence[str]) -> set[str]:
        """Which ids are taken."""
        with self._reading() as connection:
            wanted = (
                select(journal.c.id).where(journal.c.owner == owner, journal.c.id.in_(some)) for some in _portions(ids)
            )
            return {row.id for one in wanted for row in connection.execute(one)}

    def events(
        self,
        owner: str,
        kind: EventKind | None,
        notebook: str | None,
        subject: str | None,
        after: int,
        limit: int | None,
        newest_first: bool,
    ) -> list[Event]:
        """This owner's events, ordered by sequence."""
        wanted = select(journal).where(journal.c.owner == owner)
        for column, value in ((journal.c.kind, kind), (journal.c.notebook, notebook), (journal.c.subject, subject)):
            if value is not None:
                wanted = wanted.where(column == value)
        if after:
            wanted = wanted.where(journal.c.sequence > after)
        wanted = wanted.order_by(journal.c.sequence.desc() if newest_first else journal.c.sequence).limit(limit)
        with self._reading() as connection:
            return [_event(row) for row in connection.execute(wanted)]

    def search(self, owner: str, words: str, kind: EventKind, notebook: str | None, limit: int) -> list[Event]:
        """This owner's events nearest to the words, best first."""
        where = {"owner": owner, "kind": kind} | ({"notebook": notebook} if notebook else {})
        with self._reading() as connection:
            return [_event(row) for row in self._opened.full_text.nearest(connection, where, words, limit)]

    def cached(self, keys: Sequence[str]) -> list[Reply | None]:
        """The recorded reply under each key."""
        found = {}
        with self._reading() as connection:
            for some in _portions(keys):
                found.update({row.key: row.body for row in connection.execute(_CACHED, {"keys": some})})
        return [_reply(found.get(key)) for key in keys]

    def remember(self, recorded: Sequence[tuple[str, Reply]]) -> None:
        """Record replies in one transaction; the first one under a key stays."""
        now = _time(datetime.now(timezone.utc))
        rows = [
            {
                "key": key,
                "body": reply.model_dump_json(),
                "text_digest": forgetting.digest_of(reply.text),
                "created": now,
            }
            for key, reply in recorded
        ]
        with self._writing() as connection:
            connection.execute(self._remember, rows)

    def forget(self, owner: str, subject: str) -> int:
        """Erase the text of everything about a turn."""
        with self._writing() as connection:
            lines = forgetting.forget(connection, self._opened.full_text, owner, subject)
        self._scrub()
        return lines

    def expire(self, owner: str, before: datetime) -> int:
        """Erase what is older."""
        with self._writing() as connection:
            lines = forgetting.expire(connection, self._opened.full_text, owner, _time(before))
        if lines:
            self._scrub()
        return lines

    def backup(self, path: Path) -> None:
        """Write a consistent copy of a SQLite store."""
        if not self._sqlite:
            remedy = "Copy the database with pg_dump."
            raise BadInput("A store in PostgreSQL is copied with PostgreSQL's own tools.", remedy=remedy)
        with told():
            copy_sqlite(self._opened.engine, path)

    def close(self) -> None:
        """Let go of the connection; SQLite folds its WAL into the file."""
        self._opened.engine.dispose()

    def _scrub(self) -> None:
        """What was erased must not linger in the write-ahead log."""
        if self._sqlite:
            with told(), self._opened.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
                connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        problem = self._opened.problem
        if problem is not None:
            raise type(problem)(problem.message, remedy=problem.advice)
        with told(), self._opened.engine.begin() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with told(), self._reader.connect() as connection:
            yield connection


def _portions(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """A statement holds only so many values."""
    for at in range(0, len(values), _PORTION):
        yield values[at : at + _PORTION]


def _reply(body: str | None) -> Reply | None:
    try:
        return None if body is None else Reply.model_validate_json(body)
    except ValidationError:
        return None


def _row(event: Event) -> dict[str, Any]:
    try:
        body = json.dumps(event.body, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        digest = forgetting.digest_of(body)
    except (ValueError, TypeError, RecursionError) as error:
        raise BadInput("This holds something that cannot be written down, such as half a character.") from error
    row = event.model_dump(mode="python", include={"id", "owner", "notebook", "kind", "subject"})
    return {**row, "body": body, "digest": digest, "created": _time(event.created)}


def _event(row: Any) -> Event:
    return Event.model_construct(
        id=row.id,
        sequence=row.sequence,
        owner=row.owner,
        notebook=row.notebook,
        kind=row.kind,
        subject=row.subject,
        body=from_json(row.body),
        created=datetime.fromisoformat(row.created),
    )


def _time(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).isoformat(timespec="microseconds")
