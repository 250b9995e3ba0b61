"""Indexing 2,000 documents with 100 MB of text, and searching them.

Texts have words as frequent as those of a language (Zipf's law), and each document has forty of its own that it says
again and again. *Indexing* runs in a process of its own, and its ideal puts the same texts into FTS5 and does nothing
else. Memory is the peak of the server's part and of the process that reads, together. A search is 5 to 60 words of a
passage, the common ones included, as a prompt would say them; *recall* is how many of the ten best passages of the
whole ranking are among the ten of the pruned one, and *of the passage*, how often the one that the words are from is.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from itertools import accumulate
from pathlib import Path

from _meant import meant
from _measure import close

from jupyter_reconst.acts.collect import collect
from jupyter_reconst.config import Config
from jupyter_reconst.core.nouns import ulid
from jupyter_reconst.core.requests import Collect
from jupyter_reconst.library.words import passages
from jupyter_reconst.store.pruning import tokens
from jupyter_reconst.store.shelf import Shelf
from jupyter_reconst.wiring import OWNER, build

DOCUMENTS = int(os.environ.get("DOCUMENTS", "2000"))
CHARACTERS = 50_000
WORDS, OWN = 60_000, 40
SEARCHES = 300
MEMORY_LIMIT, SEARCH_LIMIT, RATIO_LIMIT, RECALL_MISSED_LIMIT = 500.0, 50.0, 3.0, 0.10


def main() -> None:
    if sys.argv[1:2] == ["--index"]:
        index(Path(sys.argv[2]))
        return
    with tempfile.TemporaryDirectory(prefix="reconst-library-") as name:
        folder = Path(name)
        texts = corpus(folder / "texts")
        indexed = json.loads(
            subprocess.run(
                [sys.executable, __file__, "--index", folder], check=True, stdout=subprocess.PIPE, text=True
            ).stdout
        )
        plain = inserted(folder / "plain.sqlite3", texts)
        shelf = Shelf(folder / "data" / "library" / f"{sha256(OWNER.encode()).hexdigest()[:32]}.sqlite3")
        found = searched(shelf, texts)
        by_meaning = meant(shelf, list(questions(texts)))
    figures = {
        **indexed,
        "plain_seconds": round(plain, 1),
        **found,
        **by_meaning,
        "searches": SEARCHES,
        "megabytes_of_text": round(sum(map(len, texts)) / 1e6, 1),
    }
    goals = {
        "memory_megabytes": (indexed["server_megabytes"] + indexed["reader_megabytes"], MEMORY_LIMIT),
        "search_p95_milliseconds": (found["search_p95"], SEARCH_LIMIT),
        "by_meaning_p95_milliseconds": (by_meaning["by_meaning_p95"], SEARCH_LIMIT),
        "by_meaning_memory_megabytes": (indexed["server_megabytes"] + by_meaning["embedder_megabytes"], MEMORY_LIMIT),
        "by_meaning_recall_at_10_missed": (1 - by_meaning["by_meaning_recall_at_10"], RECALL_MISSED_LIMIT),
        "beside_plain_insertion": (indexed["seconds"] / plain, RATIO_LIMIT),
        "recall_at_10_missed": (1 - found["recall_at_10"], RECALL_MISSED_LIMIT),
    }
    close("library", figures, goals)


def corpus(folder: Path) -> list[str]:
    """Its files: notebooks, one in ten, and Markdown."""
    chance = random.Random(2026)
    words = [f"{chance.choice('bcdfglmnprstv')}{chance.choice('aeiou')}{number:x}" for number in range(WORDS)]
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(WORDS)))
    folder.mkdir()
    texts = []
    for number in range(DOCUMENTS):
        own = chance.choices(words[500:], k=OWN)
        said: list[str] = []
        while sum(map(len, said)) < CHARACTERS:
            sentence = chance.choices(words, cum_weights=weights, k=18) + chance.choices(own, k=3)
            said.append(" ".join(chance.sample(sentence, len(sentence))) + (".\n\n" if len(said) % 6 == 5 else ". "))
        text = "".join(said)
        texts.append(text)
        if number % 10:
            (folder / f"{number:04}.md").write_text(f"# Document {number}\n\n{text}", "utf-8")
        else:
            cells = [{"cell_type": "markdown", "source": part, "metadata": {}} for part in text.split("\n\n")]
            content = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
            (folder / f"{number:04}.ipynb").write_text(json.dumps(content), "utf-8")
    return texts


def index(folder: Path) -> None:
    """Index it as the server does; prints what that took, with a stop and a second start in the middle."""

    async def indexing() -> float:
        reconst = build(Config(data_dir=str(folder / "data"), semantic=False), folder)
        began = time.perf_counter()
        for paths in (("texts",), ()):
            stop = asyncio.Event()
            request = Collect(id=ulid(1, bytes(10)), paths=paths)
            async for event in collect(reconst.ports, reconst.person, request, stop):
                if paths and event.type == "indexed" and event.done == DOCUMENTS // 2:
                    stop.set()
        took = time.perf_counter() - began
        (source,) = await reconst.library.sources(OWNER)
        assert (source.documents, source.skipped) == (DOCUMENTS, 0), source
        await reconst.close()
        return took

    seconds = asyncio.run(indexing())
    used = {
        name: round(resource.getrusage(who).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024))
        for name, who in (("server_megabytes", resource.RUSAGE_SELF), ("reader_megabytes", resource.RUSAGE_CHILDREN))
    }
    print(json.dumps({"seconds": round(seconds, 1), **used}))


def inserted(path: Path, texts: list[str]) -> float:
    """Seconds that FTS5 takes for the same passages, in one transaction."""
    sql = sqlite3.connect(path, isolation_level=None)
    sql.execute("PRAGMA journal_mode = WAL")
    sql.execute("PRAGMA synchronous = NORMAL")
    sql.execute("CREATE VIRTUAL TABLE plain USING fts5(text, tokenize='unicode61 remove_diacritics 2')")
    began = time.perf_counter()
    sql.execute("BEGIN")
    for text in texts:
        sql.executemany("INSERT INTO plain VALUES (?)", ((one,) for one in passages(text)))
    sql.execute("COMMIT")
    return time.perf_counter() - began


def questions(texts: list[str]) -> dict[str, str]:
    """Words as a prompt would say them, and the passage that they are from."""
    chance = random.Random(7)
    found = {}
    for _ in range(SEARCHES):
        source = chance.choice(list(passages(chance.choice(texts))))
        said = source.split()
        found[" ".join(chance.sample(said, min(len(said), chance.randint(5, 60))))] = source
    return found


def searched(shelf: Shelf, texts: list[str]) -> dict[str, float]:
    """Milliseconds of searches, and what pruning costs of their results."""
    pruned, whole, recalls, own, own_whole = [], [], [], 0, 0
    for words, source in questions(texts).items():
        began = time.perf_counter()
        found = shelf.search(words, 10)
        pruned.append((time.perf_counter() - began) * 1000)
        began = time.perf_counter()
        every = [shelf.numbered(number) for number in shelf.nearest(tokens(words), 10)]
        whole.append((time.perf_counter() - began) * 1000)
        recalls.append(len({one.id for one in found} & {one.id for one in every}) / max(1, len(every)))
        own += any(source.strip() in one.text or one.text in source for one in found)
        own_whole += any(source.strip() in one.text or one.text in source for one in every)
    return {
        "search_p50": round(statistics.median(pruned), 1),
        "search_p95": round(statistics.quantiles(pruned, n=20)[-1], 1),
        "unpruned_p50": round(statistics.median(whole), 1),
        "unpruned_p95": round(statistics.quantiles(whole, n=20)[-1], 1),
        "recall_at_10": round(statistics.mean(recalls), 3),
        "recall_of_the_passage": round(own / SEARCHES, 3),
        "recall_of_the_passage_unpruned": round(own_whole / SEARCHES, 3),
    }


if __name__ == "__main__":
    main()
