"""A library over real files: what is new, changed, gone or hostile; stopped, killed, and read by two at once."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from jupyter_reconst.acts.collect import GONE, collect
from jupyter_reconst.acts.consult import consult
from jupyter_reconst.acts.discard import discard
from jupyter_reconst.acts.quote import quote
from jupyter_reconst.acts.shelve import shelves
from jupyter_reconst.config import Config
from jupyter_reconst.core.errors import BadInput, NotFound, StoreError, StoreNewer
from jupyter_reconst.core.library import Author, Indexed, Work
from jupyter_reconst.core.nouns import Person, ulid
from jupyter_reconst.core.requests import Collect, Collected, Consult, Discard, Quote
from jupyter_reconst.library import files
from jupyter_reconst.library.process import Process
from jupyter_reconst.wiring import Reconst, build
from tests import books

ANA, BEN = Person(owner="user:ana"), Person(owner="user:ben")
POSIX = pytest.mark.skipif(os.name != "posix", reason="links, signals and modes are POSIX's")


@pytest.fixture
async def reconst(tmp_path: Path) -> AsyncIterator[Reconst]:
    texts = tmp_path / "root" / "texts"
    texts.mkdir(parents=True)
    (texts / "notes.md").write_text("# Off-switch\n\nAn uncertain robot defers to a person.", "utf-8")
    (texts / "refs.bib").write_text(books.BIB.replace("texts/goedel", "goedel"), "utf-8")
    (texts / "goedel.pdf").write_bytes(books.pdf("Undecidable propositions", "A theorem about provability"))
    (texts / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (texts / "work.ipynb").write_bytes(books.notebook({"cell_type": "markdown", "source": "corrigible agents"}))
    (texts / ".hidden.md").write_text("secret", "utf-8")
    (texts / "data.json").write_text("{}", "utf-8")
    made = build(Config(data_dir=str(tmp_path / "data"), semantic=False), tmp_path / "root")
    yield made
    await made.close()


def asked(*paths: str) -> Collect:
    return Collect(id=ulid(1, bytes(10)), paths=paths)


async def collected(
    reconst: Reconst, *paths: str, who: Person = ANA, until: int = 10**9
) -> tuple[list[Indexed], Collected]:
    """Everything that collecting says; stopped once so many files are done."""
    stop = asyncio.Event()
    steps: list[Indexed] = []
    async for event in collect(reconst.ports, who, asked(*paths), stop):
        if isinstance(event, Collected):
            return steps, event
        steps.append(event)
        if event.done >= until:
            stop.set()
    raise AssertionError("it did not end")


async def texts_of(reconst: Reconst, words: str, who: Person = ANA) -> list[str]:
    found = await consult(reconst.ports, who, Consult(words=words))
    return [f"{passage.label}: {passage.text.splitlines()[-1]}" for passage in found.passages]


def write(path: Path, text: str) -> None:
    """Change a file so that its date tells."""
    path.write_text(text, "utf-8")
    os.utime(path, ns=(time.time_ns() + 10**9,) * 2)


async def test_a_folder_is_read_searched_and_quoted(reconst: Reconst, tmp_path: Path) -> None:
    steps, end = await collected(reconst, "texts")
    assert [(one.done, one.of, one.name) for one in steps][:2] == [(0, 5, ""), (1, 5, "broken.pdf")]
    assert steps[1].why == "It cannot be read as PDF (PdfStreamError)."
    assert [one.name for one in steps[2:]] == ["goedel.pdf", "notes.md", "refs.bib", "work.ipynb"]
    (source,) = end.shelves.sources
    assert (source.shown, source.documents, source.skipped) == ("texts", 4, 1)
    assert source.indexed and not end.stopped
    assert [one.path for one in end.shelves.skipped] == ["texts/broken.pdf"]
    assert (await texts_of(reconst, "robot defers"))[0].startswith("Off-switch, § Off-switch: An uncertain")
    assert (await texts_of(reconst, "corrigible"))[0] == "work, cell 1: corrigible agents"
    # The bibliography names the PDF, so the PDF's passages are cited by it.
    (first, *_) = (await consult(reconst.ports, ANA, Consult(words="provability"))).passages
    assert (first.label, first.entry.file) == ("Gödel et al. 1931, p. 2", "texts/goedel.pdf")
    assert await quote(reconst.ports, ANA, Quote(id=first.id)) == first
    assert await texts_of(reconst, "secret") == []
    assert await texts_of(reconst, "") == await texts_of(reconst, '" OR * NEAR(') == []


async def test_a_work_is_found_by_what_is_said_of_it(reconst: Reconst) -> None:
    await collected(reconst, "texts")
    library = reconst.library
    for work in (
        Work(doi="10.1007/bf01700692", title="Something else"),
        Work(title="Uber formal unentscheidbare Satze & $x^2$"),
        Work(authors=(Author(family="Goedel"), Author(family="Gödel")), year=1931),
    ):
        assert [entry.key for entry in await library.find("user:ana", work)] == ["goedel"]
    assert await library.find("user:ana", Work(title="A work that is not there")) == ()
    assert await library.find("user:ana", Work()) == ()
    assert await library.find("user:ben", Work(doi="10.1007/bf01700692")) == ()


async def test_only_what_changed_is_read_again(reconst: Reconst, tmp_path: Path) -> None:
    texts = tmp_path / "root" / "texts"
    await collected(reconst, "texts")
    (before,) = (await consult(reconst.ports, ANA, Consult(words="robot"))).passages
    assert [one.of for one in (await collected(reconst))[0]] == [0]
    write(texts / "notes.md", (texts / "notes.md").read_text("utf-8"))  # Another date, the same words.
    (texts / "goedel.pdf").unlink()
    (texts / "new.md").write_text("brand new", "utf-8")
    steps, end = await collected(reconst)
    assert [one.name for one in steps[1:]] == ["new.md", "notes.md"]
    assert end.shelves.sources[0].documents == 4
    assert (await consult(reconst.ports, ANA, Consult(words="robot"))).passages == (before,)
    assert await texts_of(reconst, "provability") == []
    write(texts / "notes.md", "Now it says something about gardens.")
    await collected(reconst)
    assert await texts_of(reconst, "robot") == []
    assert len(await texts_of(reconst, "gardens")) == 1
    with pytest.raises(NotFound):
        await quote(reconst.ports, ANA, Quote(id=before.id))


async def test_stopping_keeps_what_was_read_and_the_next_time_goes_on(reconst: Reconst) -> None:
    steps, end = await collected(reconst, "texts", until=2)
    assert end.stopped and steps[-1].done == 2
    assert end.shelves.sources[0].indexed == ""
    steps, end = await collected(reconst)
    assert [one.name for one in steps[1:]] == ["notes.md", "refs.bib", "work.ipynb"]
    assert end.shelves.sources[0].indexed != ""


async def test_leaving_in_the_middle_ends_the_process_that_reads(reconst: Reconst) -> None:
    events = collect(reconst.ports, ANA, asked("texts"), asyncio.Event())
    async for event in events:
        if event.type == "indexed" and event.done == 1:
            break
    await events.aclose()
    assert reconst.reader._process._running is None
    assert len((await collected(reconst))[0]) == 5


async def test_a_source_that_is_away_is_kept(reconst: Reconst, tmp_path: Path) -> None:
    texts = tmp_path / "root" / "texts"
    await collected(reconst, "texts")
    texts.rename(tmp_path / "root" / "away")
    steps, _ = await collected(reconst)
    assert [(one.name, one.why) for one in steps] == [("texts", GONE), ("", "")]
    assert len(await texts_of(reconst, "robot")) == 1


async def test_taking_a_source_out_leaves_what_another_holds(reconst: Reconst, tmp_path: Path) -> None:
    await collected(reconst, "texts", "texts/refs.bib")
    texts = str(tmp_path / "root" / "texts")
    left = await discard(reconst.ports, ANA, Discard(path=texts))
    assert [(one.shown, one.documents) for one in left.sources] == [("texts/refs.bib", 1)]
    assert await texts_of(reconst, "robot") == []
    assert len(await texts_of(reconst, "unentscheidbare")) == 1
    with pytest.raises(NotFound):
        await discard(reconst.ports, ANA, Discard(path=texts))
    assert (tmp_path / "root" / "texts" / "notes.md").exists()


async def test_nobody_sees_another_persons_library(reconst: Reconst, tmp_path: Path) -> None:
    await collected(reconst, "texts")
    (found,) = (await consult(reconst.ports, ANA, Consult(words="robot"))).passages
    assert await texts_of(reconst, "robot", BEN) == []
    assert (await shelves(reconst.ports, BEN)).sources == ()
    with pytest.raises(NotFound):
        await quote(reconst.ports, BEN, Quote(id=found.id))
    assert len(list((tmp_path / "data" / "library").glob("*.sqlite3"))) == 1, "looking makes no file"


@POSIX
async def test_only_its_owner_can_read_the_index(reconst: Reconst, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        await collected(reconst, "texts")
    finally:
        os.umask(before)
    folder = tmp_path / "data" / "library"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


@POSIX
async def test_links_lead_nowhere(reconst: Reconst, tmp_path: Path) -> None:
    texts = tmp_path / "root" / "texts"
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.md").write_text("canary", "utf-8")
    (texts / "folder").symlink_to(tmp_path / "outside")
    (texts / "link.md").symlink_to(tmp_path / "outside" / "secret.md")
    (texts / "dangling.md").symlink_to("nowhere")
    os.mkfifo(texts / "pipe.md")
    (texts / "two\nlines ‮dm.md").write_text("odd name", "utf-8")
    _, end = await collected(reconst, "texts")
    assert await texts_of(reconst, "canary") == []
    assert len(await texts_of(reconst, "odd name")) == 1
    assert {one.path: one.why for one in end.shelves.skipped} == {
        "texts/broken.pdf": "It cannot be read as PDF (PdfStreamError).",
        "texts/dangling.md": "It is a link; links are not followed.",
        "texts/link.md": "It is a link; links are not followed.",
        "texts/pipe.md": "It is no file.",
    }
    for path in ("texts/folder", "texts/link.md", "../outside", "../outside/secret.md", "nowhere", "/etc"):
        with pytest.raises(BadInput):
            await collected(reconst, path)
    with pytest.raises(BadInput):
        await collected(reconst, "texts/data.txt")
    assert len((await shelves(reconst.ports, ANA)).sources) == 1


@POSIX
async def test_a_link_that_takes_a_files_place_meanwhile_is_not_followed(reconst: Reconst, tmp_path: Path) -> None:
    notes = tmp_path / "root" / "texts" / "notes.md"
    (file,) = await reconst.reader.files(str(notes)) or ()
    notes.unlink()
    notes.symlink_to("/etc/passwd")
    read = await reconst.reader.read(file)
    assert read is not None and read.portions == ()
    assert read.why.startswith("It cannot be opened")


async def test_a_bibliography_opens_no_file(reconst: Reconst, tmp_path: Path) -> None:
    (tmp_path / "root" / "texts" / "evil.bib").write_text(
        "@misc{a, title={Evil}, author={Eve}, file={/etc/passwd}}", "utf-8"
    )
    await collected(reconst, "texts")
    assert await texts_of(reconst, "root daemon") == []
    (entry,) = await reconst.library.find("user:ana", Work(title="Evil"))
    assert entry.file == ""


@POSIX
async def test_bombs_cost_bounded_memory_and_time(reconst: Reconst, tmp_path: Path) -> None:
    texts = tmp_path / "root" / "texts"
    (texts / "bomb.pdf").write_bytes(books.pdf("a", "after the bomb", bomb=512))
    (texts / "nested.ipynb").write_bytes(b'{"cells":' + b"[" * 10**6)
    (texts / "braces.bib").write_bytes(b"@misc{a, title=" + b"{" * 10**5)
    (texts / "endless.md").write_bytes(b"x" * (3 * 10**6))
    reconst.reader._process = Process(megabytes=192, stall=20)
    began = time.monotonic()
    _, end = await collected(reconst, "texts")
    assert time.monotonic() - began < 60
    skipped = {one.path: one.why for one in end.shelves.skipped}
    assert "texts/nested.ipynb" in skipped and "texts/braces.bib" in skipped
    assert skipped.get("texts/bomb.pdf", "") in (
        "These pages cannot be read: 1",
        "It needs more memory than a document is given here.",
    )
    assert len(await texts_of(reconst, "robot")) == 1


async def test_a_document_that_takes_too_long_or_ends_the_process_costs_no_other(
    reconst: Reconst, tmp_path: Path
) -> None:
    texts = tmp_path / "root" / "texts"
    slow = Process(stall=0.001)
    reconst.reader._process = slow
    _, end = await collected(reconst, "texts/notes.md")
    assert [one.why for one in end.shelves.skipped] == ["It takes too long to read."]
    reconst.reader._process = Process()
    steps, end = await collected(reconst)  # It was not read, so it is tried again.
    assert steps[-1].why == "" and end.shelves.skipped == ()
    assert (await reconst.reader._process.read(str(texts / "notes.md"), b"# again"))[1] == ""
    running = reconst.reader._process._running
    assert running is not None
    os.kill(running.pid, signal.SIGKILL)
    write(texts / "notes.md", "changed")
    steps, _ = await collected(reconst)
    steps, end = await collected(reconst)
    assert end.shelves.skipped == ()
    assert len(await texts_of(reconst, "changed")) == 1


async def test_without_the_extra_a_person_is_told_what_to_install(
    reconst: Reconst, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "jupyter_reconst.library.process._CODE",
        "import sys; sys.modules['pypdf'] = sys.modules['bibtexparser'] = None\n"
        + "from jupyter_reconst.library.reading import main; main({megabytes})",
    )
    _, end = await collected(reconst, "texts")
    told = "To read it: pip install 'jupyter_reconst[library]'"
    assert {one.why for one in end.shelves.skipped} == {told}
    assert len(await texts_of(reconst, "robot")) == 1
    monkeypatch.undo()
    _, end = await collected(reconst)
    assert [one.path for one in end.shelves.skipped] == ["texts/broken.pdf"]


async def test_more_files_than_a_source_may_have_are_left_out(
    reconst: Reconst, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST_FILES", 3)
    _, end = await collected(reconst, "texts")
    assert end.shelves.sources[0].documents <= 3
    assert any("more than 3 files" in one.why for one in end.shelves.skipped)
    monkeypatch.setattr(files, "MOST_BYTES", 10)
    _, end = await collected(reconst, "texts/notes.md")


async def test_a_damaged_or_newer_index_says_so(reconst: Reconst, tmp_path: Path) -> None:
    await collected(reconst, "texts")
    await reconst.library.close()
    (index,) = (tmp_path / "data" / "library").glob("*.sqlite3")
    again = build(Config(data_dir=str(tmp_path / "data"), semantic=False), tmp_path / "root")
    with sqlite3.connect(index) as sql:
        sql.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreNewer):
        await again.library.search("user:ana", "robot")
    for side in index.parent.glob("*.sqlite3-*"):
        side.unlink()
    index.write_bytes(b"not a database" * 100)
    with pytest.raises(StoreError, match="damaged"):
        await again.library.search("user:ana", "robot")
    await again.close()


KILLED = """
import asyncio, sys
from pathlib import Path
from jupyter_reconst.acts.collect import collect
from jupyter_reconst.config import Config
from jupyter_reconst.core.nouns import Person, ulid
from jupyter_reconst.core.requests import Collect
from jupyter_reconst.wiring import build

async def main(home):
    reconst = build(Config(data_dir=str(home / "data"), semantic=False), home / "root")
    request = Collect(id=ulid(1, bytes(10)), paths=("many",))
    async for event in collect(reconst.ports, Person(owner="user:ana"), request, asyncio.Event()):
        print(event.type, flush=True)

asyncio.run(main(Path(sys.argv[1])))
"""


@POSIX
async def test_killed_at_any_document_nothing_is_half_there(reconst: Reconst, tmp_path: Path) -> None:
    many = tmp_path / "root" / "many"
    many.mkdir()
    for number in range(40):
        (many / f"{number:02}.md").write_text("\n\n".join(f"word{number} part {n} " * 40 for n in range(30)), "utf-8")
    for done in (3, 11):
        process = subprocess.Popen([sys.executable, "-c", KILLED, tmp_path], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        for _ in range(done):
            process.stdout.readline()
        process.kill()
        process.wait()
        process.stdout.close()
    known = await reconst.library.known("user:ana")
    assert 10 <= len(known) < 40
    (index,) = (tmp_path / "data" / "library").glob("*.sqlite3")
    with sqlite3.connect(index) as sql:
        for id, passages in sql.execute("SELECT id, passages FROM document"):
            there = "SELECT count(*) FROM passage JOIN entry ON entry.id = passage.entry WHERE entry.document = ?"
            assert sql.execute(there, (id,)).fetchone()[0] == passages
        sql.execute("INSERT INTO passage_text(passage_text) VALUES ('integrity-check')")
    steps, end = await collected(reconst)
    assert steps[0].of == 40 - len(known)
    assert end.shelves.sources[0].documents == 40
    assert len(await texts_of(reconst, "word39")) == 10
