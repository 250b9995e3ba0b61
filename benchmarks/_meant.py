"""Searching by meaning among as many passages as a library has, with vectors as the model makes them.

The model embeds real texts, docstrings of the standard library; the vectors of all passages are mixtures of three
of those: they lie where real ones lie, and closer together, which makes them harder to tell apart.
"""

from __future__ import annotations

import asyncio
import inspect
import pkgutil
import random
import statistics
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from jupyter_reconst.core.embedding import Embedding, cosine, quantized
from jupyter_reconst.library.minilm import MiniLM
from jupyter_reconst.store.shelf import Shelf

TEXTS, SEARCHES, COMPARED = 600, 200, 20


def meant(shelf: Shelf) -> dict[str, float]:
    """Passages a second, megabytes of the process, milliseconds of whole searches, and what looking at signs loses."""
    return asyncio.run(_meant(shelf))


async def _meant(shelf: Shelf) -> dict[str, float]:
    chance = random.Random(3)
    texts = chance.sample(sorted(docstrings()), TEXTS)
    model = MiniLM()
    try:
        assert await model.embed("ready")
        began = time.perf_counter()
        vectors = [found.vector for text in texts if (found := await model.embed(text))]
        seconds = time.perf_counter() - began
        fill(shelf, model.name, vectors, chance)
        asked = [" ".join(chance.choice(texts).split()[: chance.randint(4, 20)]) for _ in range(SEARCHES)]
        took, missed = [], []
        for number, words in enumerate(["ready", *asked]):
            began = time.perf_counter()
            like = await model.embed(words)
            shelf.search(words, 10, like)
            took.append((time.perf_counter() - began) * 1000)
            if like and 0 < number <= COMPARED:
                missed.append(1 - recall(shelf, like))
        megabytes = peak(model._process._running.pid) if model._process._running else 0.0
    finally:
        await model.rest()
    return {
        "embedded_a_second": round(len(vectors) / seconds, 1),
        "embedder_megabytes": megabytes,
        "by_meaning_p50": round(statistics.median(took[1:]), 1),
        "by_meaning_p95": round(statistics.quantiles(took[1:], n=20)[-1], 1),
        "by_meaning_first": round(took[0], 1),
        "by_meaning_recall_at_10": round(1 - statistics.mean(missed), 3),
    }


def docstrings() -> set[str]:
    """Real English of some length, which is on every machine."""
    found: set[str] = set()
    for name in ("asyncio", "collections", "concurrent", "email", "http", "importlib", "logging", "unittest", "urllib"):
        for module in (
            name,
            *(
                f"{name}.{one.name}"
                for one in pkgutil.iter_modules(import_module(name).__path__)
                if one.name != "__main__"
            ),
        ):
            found |= {text for text in _told(module) if 120 < len(text) < 1_200}
    return found


def _told(name: str) -> Iterator[str]:
    try:
        module = import_module(name)
    except ImportError:
        return
    for thing in vars(module).values():
        for one in (thing, *(vars(thing).values() if inspect.isclass(thing) else ())):
            if inspect.isroutine(one) or inspect.isclass(one):
                yield inspect.getdoc(one) or ""


def fill(shelf: Shelf, model: str, vectors: list[bytes], chance: random.Random) -> None:
    """A vector for every passage."""
    after = 0
    known = [[component - 256 * (component > 127) for component in vector] for vector in vectors]
    while batch := shelf.unembedded(model, after, 1_000):
        made = {}
        for _, key, _ in batch:
            three, share = chance.sample(known, 3), chance.random()
            made[key] = quantized([a * share + b * (1 - share) + c / 8 for a, b, c in zip(*three, strict=True)])
        shelf.embed(model, made)
        after = batch[-1][0]


def recall(shelf: Shelf, like: Embedding) -> float:
    """The share of the ten nearest of all that are among the ten that are found."""
    rows = shelf._sql.execute("SELECT passage, vector FROM embedding").fetchall()
    best = sorted(((cosine(like.vector, vector), number) for number, vector in rows), reverse=True)[:10]
    near = {number for grade, number in best if grade >= 0.3}
    return len(near & set(shelf._embeddings.nearest(like, 10))) / len(near) if near else 1.0


def peak(process: int) -> float:
    """Megabytes that a process has had at most; 0 where the system does not say."""
    status = Path(f"/proc/{process}/status")
    if not status.exists() or sys.platform != "linux":
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return round(int(line.split()[1]) / 1024)
