"""The embeddings of a library's passages, and the ones nearest to another.

The signs of all of them are held in memory, 48 bytes for a passage; those that share most are compared in full.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from heapq import nsmallest

from jupyter_reconst.core.embedding import Embedding, cosine, signs

SCHEMA = """
CREATE TABLE IF NOT EXISTS embedding (
  passage INTEGER PRIMARY KEY REFERENCES passage(id) ON DELETE CASCADE,
  model TEXT NOT NULL, signs BLOB NOT NULL, vector BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS embedding_signs ON embedding(model, signs);
"""

ROUGH = 400
"""Passages that are compared in full."""

ALIKE = 0.3
"""The cosine from which on two texts count as alike. Those that have nothing to do with each other stay below it."""


class Embeddings:
    """Over an open library, within its transactions."""

    def __init__(self, sql: sqlite3.Connection) -> None:
        self._sql = sql
        self._held: tuple[int, str] | None = None
        self._signs: list[int] = []
        self._passages: list[int] = []

    def lacking(self, model: str, after: int, limit: int) -> list[tuple[int, str, str]]:
        """The number, key and text of the next passages that this model has not embedded, by their numbers."""
        query = """
        SELECT id, key, text FROM passage WHERE id > ?
        AND id NOT IN (SELECT passage FROM embedding WHERE model = ?) ORDER BY id LIMIT ?
        """
        return self._sql.execute(query, (after, model, limit)).fetchall()

    def put(self, model: str, vectors: Mapping[str, bytes]) -> None:
        """Keep vectors by the keys of their passages; those of passages that are gone meanwhile are nobody's."""
        into = "INSERT OR REPLACE INTO embedding SELECT id, ?, ?, ? FROM passage WHERE key = ?"
        self._sql.executemany(into, ((model, signs(vector), vector, key) for key, vector in vectors.items()))

    def count(self, model: str) -> tuple[int, int]:
        """How many of all passages this model has embedded."""
        counts = "SELECT (SELECT count(*) FROM embedding WHERE model = ?), (SELECT count(*) FROM passage)"
        done, of = self._sql.execute(counts, (model,)).fetchone()
        return done, of

    def nearest(self, to: Embedding, limit: int) -> list[int]:
        """The numbers of the passages that mean alike, best first."""
        self._look(to.model)
        mine = int.from_bytes(signs(to.vector), "little")
        shared = [(mine ^ theirs).bit_count() for theirs in self._signs]
        rough = nsmallest(ROUGH, zip(shared, self._passages, strict=True))
        graded = sorted((-cosine(to.vector, self._vector(number)), number) for _, number in rough)
        return [number for grade, number in graded[:limit] if -grade >= ALIKE]

    def _vector(self, passage: int) -> bytes:
        found = self._sql.execute("SELECT vector FROM embedding WHERE passage = ?", (passage,)).fetchone()
        return bytes(found[0])

    def _look(self, model: str) -> None:
        """Hold the signs as they are now: another connection's writing changes the version."""
        now = (self._sql.execute("PRAGMA data_version").fetchone()[0], model)
        if now != self._held:
            query = "SELECT passage, signs FROM embedding WHERE model = ? AND signs != x''"
            rows = self._sql.execute(query, (model,)).fetchall()
            self._passages = [number for number, _ in rows]
            self._signs = [int.from_bytes(held, "little") for _, held in rows]
            self._held = now
