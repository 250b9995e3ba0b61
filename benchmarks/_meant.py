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

import numpy

from jupyter_reconst.core.embedding import Embedding
from jupyter_reconst.library.minilm import MiniLM
from jupyter_reconst.store.embeddings import ALIKE
from jupyter_reconst.store.shelf import Shelf

TEXTS, COMPARED = 600, 20


def meant(shelf: Shelf, searched: list[str]) -> dict[str, float]:
    """Passages a second, megabytes of the process, milliseconds of whole searches, and what looking at signs loses.

    What is searched for are words of the library; what is embedded for each search is real text with as many words.
    """
    return asyncio.run(_meant(shelf, searched))


async def _meant(shelf: Shelf, searched: list[str]) -> dict[str, float]:
    chance = random.Random(3)
    texts = chance.sample(sorted(docstrings()), TEXTS)
    model = MiniLM()
    try:
        assert await model.embed("ready")
        began = time.perf_counter()
        vectors = [found.vector for text in texts if (found := await model.embed(text))]
        seconds = time.perf_counter() - began
        fill(shelf, model.name, vectors)
        took, missed = [], []
        for number, words in enumerate(["ready", *searched]):
            said = " ".join(" ".join(chance.sample(texts, 3)).split()[: len(words.split())])
            began = time.perf_counter()
            like = await model.embed(said)
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


def fill(shelf: Shelf, model: str, vectors: list[bytes]) -> None:
    """A vector for every passage."""
    chance, after = numpy.random.default_rng(3), 0
    known = numpy.stack([numpy.frombuffer(vector, numpy.int8) for vector in vectors]).astype(float)
    while batch := shelf.unembedded(model, after, 1_000):
        one, other, third = (known[chance.integers(0, len(known), len(batch))] for _ in range(3))
        share = chance.random((len(batch), 1))
        mixed = one * share + other * (1 - share) + third / 8
        scaled = (mixed / abs(mixed).max(axis=1, keepdims=True) * 127).round().astype(numpy.int8)
        shelf.embed(model, {key: vector.tobytes() for (_, key, _), vector in zip(batch, scaled, strict=True)})
        after = batch[-1][0]


def recall(shelf: Shelf, like: Embedding) -> float:
    """The share of the ten nearest of all that are among the ten that are found."""
    rows = shelf._sql.execute("SELECT passage, vector FROM embedding").fetchall()
    every = numpy.stack([numpy.frombuffer(vector, numpy.int8) for _, vector in rows]).astype(numpy.float32)
    mine = numpy.frombuffer(like.vector, numpy.int8).astype(numpy.float32)
    cosines = every @ mine / numpy.linalg.norm(every, axis=1) / numpy.linalg.norm(mine)
    near = {rows[place][0] for place in (-cosines).argsort()[:10] if cosines[place] >= ALIKE}
    return len(near & set(shelf._embeddings.nearest(like, 10))) / len(near) if near else 1.0


def peak(process: int) -> float:
    """Megabytes that a process has had at most; 0 where the system does not say."""
    status = Path(f"/proc/{process}/status")
    if not status.exists() or sys.platform != "linux":
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return round(int(line.split()[1]) / 1024)
