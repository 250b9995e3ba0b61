"""What SQLite alone promises: private files, durable writes, old and new versions, full and read-only disks."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from jupyter_reconst.core.errors import BadInput, StoreBusy, StoreFull, StoreNewer, StoreReadOnly
from jupyter_reconst.core.turns import Reply
from jupyter_reconst.store import engines
from jupyter_reconst.store.journal import FILE, SqlJournal
from jupyter_reconst.store.restore import restored
from tests.adapter.test_journal import NOON, event
from tests.adapter.writer import an_id as an_writer_id
from tests.fakes import an_id

WRITER = Path(__file__).with_name("writer.py")
POSIX = pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def raw(directory: Path) -> bytes:
    """Every byte of the store and its side files."""
    return b"".join(path.read_bytes() for path in directory.glob(f"{FILE}*"))


@POSIX
async def test_file_modes(tmp_path: Path) -> None:
    directory = tmp_path / "data"
    before = os.umask(0)
    try:
        journal = SqlJournal(directory)
        await journal.append(event(1))
        assert mode(directory) == 0o700
        files = sorted(path.name for path in directory.iterdir())
        assert files == [FILE, f"{FILE}-shm", f"{FILE}-wal"]
        await journal.backup(tmp_path / "copy.sqlite3")
        await journal.close()
    finally:
        os.umask(before)
    assert {mode(path) for path in [*directory.iterdir(), tmp_path / "copy.sqlite3"]} == {0o600}


@POSIX
async def test_a_store_that_others_could_read_is_closed(tmp_path: Path) -> None:
    directory = tmp_path / "data"
    directory.mkdir(mode=0o755)
    (directory / FILE).touch(0o644)
    journal = SqlJournal(directory)
    await journal.append(event(1))
    await journal.close()
    assert (mode(directory), mode(directory / FILE)) == (0o700, 0o600)


async def test_writes_are_durable_and_immediate(tmp_path: Path) -> None:
    journal = SqlJournal(tmp_path)
    await journal.append(event(1))
    connection = journal._open()._opened.engine.raw_connection()
    values = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
    assert values == {"journal_mode": "wal", "synchronous": 2}
    await journal.close()


async def test_no_wal_on_a_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "on_network", lambda path: True)
    journal = SqlJournal(tmp_path)
    await journal.append(event(1))
    await journal.close()
    with sqlite3.connect(tmp_path / FILE) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


async def test_no_byte_of_a_forgotten_turn_is_left(tmp_path: Path) -> None:
    journal = SqlJournal(tmp_path)
    turn, annotation = an_id(1), an_id(2)
    reply = "The zebrafish theorem was first shown by Quagmire in a tent."
    quote = "zebrafish theorem was first shown by Quagmire in a"
    later = {"id": an_id(3), "parent": turn, "prompt": "and then", "messages": [{"role": "user", "content": reply}]}
    await journal.append(
        event(1, {"id": turn, "prompt": "xylophone question", "reply": reply}),
        event(2, {"id": annotation, "target": {"turn": turn}, "value": quote}, kind="annotation", subject=annotation),
        event(4, {"candidates": [{"text": "Platypus instead of Quagmire"}]}, kind="candidates", subject=annotation),
        event(5, {"row": {"probe": {"turn": turn}, "before": {"text": reply}}}, kind="row", subject=an_id(50)),
        event(3, later),
        event(6, {"id": an_id(6), "parent": an_id(3), "prompt": "at last", "messages": [{"content": reply}]}),
        event(
            10,
            {"row": {"probe": {"turn": an_id(3), "prompt": "and then", "history": [{"content": reply}]}}},
            kind="row",
            subject=an_id(50),
        ),
        event(7, {"about": [turn], "sendings": [{"messages": [{"content": reply}]}]}, kind="call"),
        event(8, {"about": [an_id(6)], "sendings": [{"messages": [{"content": reply}]}]}, kind="call"),
        event(9, {"about": [an_id(60)], "sendings": [{"reply": "of another turn"}]}, kind="call"),
    )
    await journal.remember("d" * 64, Reply(text=f'{{"quote": "… {quote} …"}}', finish_reason="stop"))
    assert b"Quagmire" in raw(tmp_path) and b"xylophone" in raw(tmp_path)
    assert await journal.forget("ana", turn) == 6
    other, row = await journal.get("ana", an_id(9)), await journal.get("ana", an_id(10))
    assert other is not None and other.body
    assert row is not None and row.body["row"]["probe"] == {"turn": an_id(3), "prompt": "and then", "history": []}
    for word in (b"Quagmire", b"zebrafish", b"xylophone", b"Platypus"):
        assert word not in raw(tmp_path), word
    kept = await journal.get("ana", an_id(3))
    assert kept is not None and (kept.body["prompt"], kept.body["messages"]) == ("and then", [])
    assert await journal.search("ana", "xylophone", kind="turn") == []
    await journal.close()


async def test_no_byte_of_an_expired_turn_is_left(tmp_path: Path) -> None:
    journal = SqlJournal(tmp_path)
    await journal.append(event(1, {"id": an_id(1), "prompt": "xylophone question", "reply": "Quagmire said so."}))
    await journal.append(event(2, {"id": an_id(2), "prompt": "kept"}, created=NOON + timedelta(days=2)))
    assert await journal.expire("ana", NOON + timedelta(days=1)) == 1
    for word in (b"Quagmire", b"xylophone"):
        assert word not in raw(tmp_path), word
    assert await journal.search("ana", "xylophone", kind="turn") == []
    await journal.close()


async def test_a_forgotten_turn_takes_its_cases_out_of_what_was_ratified(tmp_path: Path) -> None:
    journal = SqlJournal(tmp_path)

    def kept(number: int, turn: str, prompt: str) -> dict[str, Any]:
        return {f"reconst:case:{an_id(number)}": {"turn": turn, "prompt": prompt, "expects": {"reply": f"{prompt}!"}}}

    law = {f"reconst:article:{an_id(30)}:{an_id(31)}": {"then": "cite a paper"}}
    writes = law | kept(40, an_id(1), "xylophone") | kept(41, an_id(2), "marimba")
    await journal.append(
        event(1, {"id": an_id(1), "prompt": "xylophone"}),
        event(2, {"id": an_id(2), "prompt": "marimba"}),
        event(3, {"change": {"writes": writes}}, kind="ratification", subject=an_id(30)),
    )
    assert await journal.forget("ana", an_id(1)) == 1
    line = await journal.get("ana", an_id(3))
    assert line is not None and line.body["change"]["writes"] == law | kept(41, an_id(2), "marimba")
    assert b"xylophone" not in raw(tmp_path)
    assert await journal.search("ana", "xylophone", kind="ratification") == []
    assert len(await journal.search("ana", "marimba", kind="ratification")) == 1
    await journal.close()


async def test_every_line_has_the_digest_of_its_text(tmp_path: Path) -> None:
    import hashlib

    journal = SqlJournal(tmp_path)
    await journal.append(event(1), event(2, {"prompt": "ü"}))
    await journal.forget("ana", an_id(1))
    await journal.close()
    with sqlite3.connect(tmp_path / FILE) as connection:
        rows = connection.execute("SELECT body, digest FROM journal").fetchall()
    assert len(rows) == 2 and all(hashlib.sha256(body.encode()).hexdigest() == digest for body, digest in rows)


async def test_locked_for_long_is_said_and_short_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "PATIENCE", 1)
    journal = SqlJournal(tmp_path)
    await journal.append(event(1))
    holder = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy):
        await journal.append(event(2))
    trouble = await journal.check()
    assert trouble is not None and trouble.code == "store_busy"
    assert len(await journal.events("ana")) == 1, "reading goes on"
    waiting = asyncio.create_task(journal.append(event(2)))
    await asyncio.sleep(0.2)
    holder.execute("ROLLBACK")
    await waiting
    assert await journal.check() is None
    holder.close()
    await journal.close()


async def test_an_abandoned_write_is_still_kept(tmp_path: Path) -> None:
    journal = SqlJournal(tmp_path)
    await journal.append(event(1))
    blocker = journal._thread.submit(time.sleep, 0.2)
    task = asyncio.create_task(journal.append(event(2)))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert blocker is not None and await journal.get("ana", an_id(2)) is not None
    await journal.close()


async def test_a_newer_store_is_only_read(tmp_path: Path) -> None:
    journal = SqlJournal(tmp_path)
    await journal.append(event(1))
    await journal.close()
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    journal = SqlJournal(tmp_path)
    assert len(await journal.events("ana")) == 1
    with pytest.raises(StoreNewer):
        await journal.append(event(2))
    trouble = await journal.check()
    assert trouble is not None and trouble.code == "store_newer"
    await journal.close()


async def test_an_older_store_is_copied_before_it_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = SqlJournal(tmp_path)
    await journal.append(event(1))
    await journal.close()
    before = (tmp_path / FILE).read_bytes()
    monkeypatch.setattr(engines.migrations, "KNOWN", ("0001", "0002"))
    monkeypatch.setattr(engines.migrations, "HEAD", "0002")
    monkeypatch.setattr(engines.migrations, "migrate", _second)
    journal = SqlJournal(tmp_path)
    assert len(await journal.events("ana")) == 1
    await journal.append(event(2))
    await journal.close()
    copy = tmp_path / f"{FILE}.before-0002"
    with sqlite3.connect(copy) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert connection.execute("SELECT count(*) FROM journal").fetchone() == (1,)
    assert before and (os.name != "posix" or mode(copy) == 0o600)


def _second(connection: object) -> None:
    from sqlalchemy import text

    connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))  # type: ignore[attr-defined]


async def test_a_migration_that_fails_leaves_the_old_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = SqlJournal(tmp_path)
    await journal.append(event(1))
    await journal.close()

    def broken(connection: object) -> None:
        _second(connection)
        raise RuntimeError("the power is gone")

    monkeypatch.setattr(engines.migrations, "KNOWN", ("0001", "0002"))
    monkeypatch.setattr(engines.migrations, "HEAD", "0002")
    monkeypatch.setattr(engines.migrations, "migrate", broken)
    journal = SqlJournal(tmp_path)
    with pytest.raises(RuntimeError):
        await journal.events("ana")
    await journal.close()
    with sqlite3.connect(tmp_path / FILE) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)


async def test_restore_puts_a_copy_in_place_and_keeps_the_present(tmp_path: Path) -> None:
    directory, copy = tmp_path / "data", tmp_path / "copy.sqlite3"
    journal = SqlJournal(directory)
    await journal.append(event(1))
    await journal.backup(copy)
    await journal.append(event(2))
    with pytest.raises(StoreBusy):
        restored(directory, "", copy)
    await journal.close()
    kept = restored(directory, "", copy)
    journal = SqlJournal(directory)
    assert [e.id for e in await journal.events("ana")] == [an_id(1)]
    await journal.close()
    assert kept is not None
    with sqlite3.connect(kept) as connection:
        assert connection.execute("SELECT count(*) FROM journal").fetchone() == (2,)
    (tmp_path / "note.txt").write_text("not a store")
    with pytest.raises(BadInput):
        restored(directory, "", tmp_path / "note.txt")
    assert sorted(p.name for p in directory.iterdir()) == sorted([FILE, kept.name])


def test_loading_the_adapter_loads_no_database_library() -> None:
    code = "import sys, jupyter_reconst.store.journal; print('sqlalchemy' in sys.modules or 'alembic' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"


def test_three_processes_keep_everything(tmp_path: Path) -> None:
    """R8: three writers at once, 100 lines each: 300 of 300."""
    counted = at_once(tmp_path, 3, 100)
    assert counted == [("owner0", 100), ("owner1", 100), ("owner2", 100)]


def at_once(directory: Path, writers: int, lines: int) -> list[tuple[str, int]]:
    """Let several processes write to one store; returns how many lines of each are there."""
    commands = [[sys.executable, str(WRITER), "write", str(directory), f"owner{n}", str(lines)] for n in range(writers)]
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for command in commands]
    assert [process.wait(600) for process in running] == [0] * writers
    with sqlite3.connect(directory / FILE) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return connection.execute("SELECT owner, count(*) FROM journal GROUP BY owner").fetchall()


def killed(directory: Path, kills: int, seed: int) -> tuple[int, int]:
    """Kill a writer that many times at random moments; returns lines acknowledged, and lines lost of these."""
    command = [sys.executable, str(WRITER), "kill", str(directory), str(kills), str(seed)]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=3_600)
    acknowledged = {an_writer_id(int(number)) for number in said.stdout.split()}
    with sqlite3.connect(directory / FILE) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        ids = [row[0] for row in connection.execute("SELECT id FROM journal ORDER BY sequence")]
    assert len(ids) == len(set(ids))
    return len(acknowledged), len(acknowledged - set(ids))


@POSIX
def test_killed_in_the_middle_of_writing(tmp_path: Path) -> None:
    """R1, short: what was acknowledged is there after kill -9, once."""
    acknowledged, lost = killed(tmp_path, 20, seed=1)
    assert acknowledged > 1 and lost == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    """A file system of one mebibyte."""
    place = tmp_path / "small"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m,mode=0700", "tmpfs", str(place)]
    if os.name != "posix" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small file system needs root")
    return place


async def test_a_full_disk_is_said_and_nothing_acknowledged_is_lost(small_disk: Path) -> None:
    journal = SqlJournal(small_disk)
    kept = 0
    try:
        with pytest.raises(StoreFull):
            for number in range(1, 2_000):
                await journal.append(event(number, {"prompt": os.urandom(2_000).hex()}))
                kept = number
        assert kept > 10
        trouble = await journal.check()
        assert trouble is not None and trouble.code == "store_full"
        assert len(await journal.events("ana")) == kept
        await journal.close()
    finally:
        subprocess.run(["umount", "-l", str(small_disk)], check=True)


async def test_a_read_only_disk_can_still_be_read(small_disk: Path) -> None:
    try:
        journal = SqlJournal(small_disk)
        await journal.append(event(1))
        await journal.close()
        subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
        journal = SqlJournal(small_disk)
        assert [e.id for e in await journal.events("ana")] == [an_id(1)]
        with pytest.raises(StoreReadOnly):
            await journal.append(event(2))
        trouble = await journal.check()
        assert trouble is not None and trouble.code == "store_read_only"
        await journal.close()
    finally:
        subprocess.run(["umount", "-l", str(small_disk)], check=True)
