"""Searching a wiki of 500 packs with 5,000 articles, and adopting a pack into a constitution of 500 articles.

*Searching* looks whether any file has changed, and then at every article; the ideal scans the same texts for the same
words and does nothing else. *Adopting* starts at the text of a pack and ends at the keys to write; its ideal reads the
notebook's metadata once. *First* is the search that reads all files. Bytes are those that an article of the
shipped packs with two revisions adds to a notebook, as nbformat spells it.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from pathlib import Path

from _measure import close, interleaved, interval

from jupyter_reconst.core.constitution import Article, Provenance
from jupyter_reconst.core.notebook import Reading, keys, read
from jupyter_reconst.core.nouns import ulid
from jupyter_reconst.core.sharing.adopting import adoption
from jupyter_reconst.core.sharing.front import Front
from jupyter_reconst.core.sharing.loading import load
from jupyter_reconst.core.sharing.published import dump
from jupyter_reconst.core.sharing.wiki import found
from jupyter_reconst.notebook.file import spelled
from jupyter_reconst.packs.wiki import FolderWiki

PACKS, EACH, HELD = 500, 10, 500
SEARCH_LIMIT, ADOPT_LIMIT, BYTES_LIMIT = 200.0, 300.0, 2_000.0
WORDS = "source proof claim reader agent utility deference bound lemma notation page author year objection".split()


def article(number: int, chance: random.Random, revision: int = 1, *parents: str) -> Article:
    said = " ".join(chance.choices(WORDS, k=40))
    return Article.model_validate(
        {
            "id": ulid(number, bytes(10)),
            "revision": ulid(revision, number.to_bytes(10, "big")),
            "parents": parents,
            "order": f"V{number:05}",
            "title": f"Rule {number}: {said[:40]}",
            "when": f"the reply is about the topic {number} and {said[:80]}",
            "then": f"{said}; otherwise write “source not known”",
            "why": said[:60],
            "provenance": Provenance.model_validate({"at": "2026-11-23T12:00:00Z", "author": "Ana Ruiz"}),
        }
    )


def main() -> None:
    chance = random.Random(2026)
    with tempfile.TemporaryDirectory(prefix="reconst-wiki-") as name:
        folder = Path(name)
        for pack in range(PACKS):
            rules = tuple(article(1 + pack * EACH + n, chance) for n in range(EACH))
            (folder / f"pack-{pack:03}.md").write_text(
                dump(Front(name=f"Pack {pack}"), Reading(revisions=rules)), "utf-8"
            )
        wiki = FolderWiki([folder])

        def searching() -> float:
            began = time.perf_counter()
            hits = found("lemma topic 4711", asyncio.run(wiki.packs()))
            took = (time.perf_counter() - began) * 1000
            assert len(hits) == 1
            return took

        first = searching()
        texts = [text.words for pack in asyncio.run(wiki.packs()) for text in pack.texts]
        assert len(texts) >= PACKS * EACH

        def scanning() -> float:
            began = time.perf_counter()
            assert any(all(word in text for word in ("lemma", "topic", "4711")) for text in texts)
            return (time.perf_counter() - began) * 1000

        own = [article(10_000 + n, chance) for n in range(HELD)]
        newer = [article(10_000 + n, chance, 2, one.revision) for n, one in enumerate(own)]
        metadata = keys(Reading(revisions=(*own, *newer)))
        text = (folder / "pack-007.md").read_text("utf-8")
        held = read(metadata)

        def adopting() -> float:
            began = time.perf_counter()
            writes = adoption(held, load(text).reading).writes
            took = (time.perf_counter() - began) * 1000
            assert len(writes) == EACH
            return took

        def reading() -> float:
            began = time.perf_counter()
            read(metadata)
            return (time.perf_counter() - began) * 1000

        ours = [one for pack in asyncio.run(wiki.packs()) if not pack.top for one in pack.reading.revisions]
        again = [one.model_copy(update={"revision": one.id, "parents": (one.revision,)}) for one in ours]
        carried = spelled({"cells": [], "metadata": keys(Reading(revisions=(*ours, *again)))})
        added = len(carried.encode()) / len(ours)
        ways = {"searching": searching, "scanning": scanning, "adopting": adopting, "reading": reading}
        figures = {name: interval(values) for name, values in interleaved(ways).items()}
    goals = {
        "search_milliseconds": (figures["searching"]["median"], SEARCH_LIMIT),
        "adopt_milliseconds": (figures["adopting"]["median"], ADOPT_LIMIT),
        "bytes_of_an_article_with_two_revisions": (added, BYTES_LIMIT),
        "adopt_beside_reading_the_notebook": (figures["adopting"]["median"] / figures["reading"]["median"], 2.0),
    }
    beside = round(figures["searching"]["median"] / figures["scanning"]["median"], 1)
    close("wiki", {**figures, "first_milliseconds": round(first), "search_beside_scanning": beside}, goals)


if __name__ == "__main__":
    main()
