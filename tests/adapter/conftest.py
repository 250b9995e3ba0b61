"""One contract text over every adapter of the journal: in memory, SQLite, and PostgreSQL where there is one."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from jupyter_reconst.core.ports import Journal
from jupyter_reconst.store.journal import SqlJournal
from tests.fakes import MemoryJournal

NO_POSTGRES = "set RECONST_TEST_POSTGRES_URL to a database that may be emptied"


@pytest.fixture(params=["memory", "sqlite", "postgres"])
async def journal(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Journal]:
    if request.param == "memory":
        yield MemoryJournal()
        return
    url = ""
    if request.param == "postgres":
        url = os.environ.get("RECONST_TEST_POSTGRES_URL", "")
        if not url:
            pytest.skip(NO_POSTGRES)
        emptied(url)
    opened = SqlJournal(tmp_path / "data", url)
    yield opened
    await opened.close()


def emptied(url: str) -> None:
    """Leave nothing in a PostgreSQL database."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
