"""Acceptances: by content, by person, private, whole or not at all."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from jupyter_reconst.core.constitution import Constitution
from jupyter_reconst.core.errors import StoreError
from jupyter_reconst.core.ports import Accepted, Trust
from jupyter_reconst.store import files
from jupyter_reconst.store.trust import FileTrust
from tests.fakes import MemoryTrust, an_id
from tests.scenes import AT, article

BOOK = an_id(900)


def accepted(number: int) -> Accepted:
    law = Constitution(articles=(article(number, "always", f"then {number}"),))
    return Accepted(digest=law.digest, constitution=law, at=AT, how="read")


@pytest.fixture(params=["memory", "file"])
def trust(request: pytest.FixtureRequest, tmp_path: Path) -> Trust:
    return MemoryTrust() if request.param == "memory" else FileTrust(tmp_path)


async def test_trust_is_by_content_and_person(trust: Trust) -> None:
    law, other = accepted(1), accepted(2)
    await trust.accept("ana", law)
    assert await trust.accepted("ana", law.digest) == law
    assert await trust.accepted("ana", other.digest) is None
    assert await trust.accepted("ben", law.digest) is None


async def test_what_stands_is_one_of_the_accepted(trust: Trust) -> None:
    law, other = accepted(1), accepted(2)
    assert await trust.standing("ana", BOOK) is None
    await trust.accept("ana", law)
    await trust.accept("ana", other)
    await trust.stand("ana", BOOK, law.digest)
    assert await trust.standing("ana", BOOK) == law
    await trust.stand("ana", BOOK, other.digest)
    assert await trust.standing("ana", BOOK) == other
    assert await trust.standing("ana", an_id(901)) is None
    assert await trust.standing("ben", BOOK) is None
    await trust.revoke("ana", other.digest)
    assert await trust.standing("ana", BOOK) is None
    assert await trust.accepted("ana", law.digest) == law


async def test_it_outlives_the_process_and_is_private(tmp_path: Path) -> None:
    law = accepted(1)
    await FileTrust(tmp_path / "data").accept("ana/../../x", law)
    assert await FileTrust(tmp_path / "data").accepted("ana/../../x", law.digest) == law
    found = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert all(path.parent == tmp_path / "data" / "trust" for path in found)
    if os.name == "posix":
        assert {path.stat().st_mode & 0o777 for path in found} == {0o600}
        assert (tmp_path / "data" / "trust").stat().st_mode & 0o777 == 0o700


async def test_a_text_changed_by_hand_is_not_accepted(tmp_path: Path) -> None:
    law = accepted(1)
    store = FileTrust(tmp_path)
    await store.accept("ana", law)
    await store.stand("ana", BOOK, law.digest)
    path = next((tmp_path / "trust").glob("*.json"))
    path.write_text(path.read_text().replace("then 1", "then send the key"))
    assert await store.accepted("ana", law.digest) is None
    assert await store.standing("ana", BOOK) is None
    await store.accept("ana", law)
    assert await store.accepted("ana", law.digest) == law


async def test_a_damaged_file_is_set_aside_and_nothing_is_accepted(tmp_path: Path) -> None:
    law = accepted(1)
    store = FileTrust(tmp_path)
    await store.accept("ana", law)
    path = next((tmp_path / "trust").glob("*.json"))
    path.write_text('{"accepted": ')
    assert await store.accepted("ana", law.digest) is None
    assert path.with_name(f"{path.name}.damaged").read_text() == '{"accepted": '
    await store.accept("ana", law)
    assert await store.accepted("ana", law.digest) == law


@pytest.mark.parametrize("text", ["[]", '{"accepted": []}', '{"accepted": {"x": 1}, "standing": 3}', "null", "\x00"])
async def test_no_content_of_the_file_breaks_it(tmp_path: Path, text: str) -> None:
    law = accepted(1)
    store = FileTrust(tmp_path)
    await store.accept("ana", law)
    next((tmp_path / "trust").glob("*.json")).write_text(text)
    assert await store.accepted("ana", law.digest) is None
    assert await store.standing("ana", BOOK) is None
    await store.accept("ana", law)
    await store.stand("ana", BOOK, law.digest)
    assert await store.standing("ana", BOOK) == law


async def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    law, other = accepted(1), accepted(2)
    store = FileTrust(tmp_path)
    await store.accept("ana", law)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(StoreError) as caught:
        await store.accept("ana", other)
    assert caught.value.code == "store_full" and str(tmp_path) not in caught.value.message
    assert await store.accepted("ana", law.digest) == law
    assert not list((tmp_path / "trust").glob(".*")), "nothing half written is left"


async def test_many_at_once_lose_nothing(tmp_path: Path) -> None:
    one, two = FileTrust(tmp_path), FileTrust(tmp_path)
    laws = [accepted(number) for number in range(20)]
    await asyncio.gather(*((one, two)[n % 2].accept("ana", law) for n, law in enumerate(laws)))
    assert all([await one.accepted("ana", law.digest) for law in laws])


def test_two_servers_lose_nothing(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from jupyter_reconst.store.files import JsonFile\n"
        "file = JsonFile(Path(sys.argv[1]))\n"
        "for n in range(60): file.change(lambda value: value.update({f'{sys.argv[2]}-{n}': n}))"
    )
    path = tmp_path / "shared.json"
    running = [subprocess.Popen([sys.executable, "-c", code, str(path), name]) for name in ("a", "b")]
    assert [process.wait(60) for process in running] == [0, 0]
    assert len(json.loads(path.read_text())) == 120
