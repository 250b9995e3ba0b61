"""The embeddings of a library's passages, and the ones nearest to another.

The signs of all of them are held in memory, 48 bytes for a passage; those that share most are compared in full. NumPy
is imported where there is something to compare: it comes with the extra that embeds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jupyter_reconst.core.embedding import Embedding

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

SCHEMA = """
CREATE TABLE IF NOT EXISTS embedding (
  passage INTEGER PRIMARY KEY REFERENCES passage(id) ON DELETE CASCADE,
  model TEXT NOT NULL, signs BLOB NOT NULL, vector BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS embedding_signs ON embedding(model, signs);
"""

ROUGH = 300
"""Passages that are compared in full."""

ALIKE = 0.3
"""The cosine from which on two texts count as alike. Those that have nothing to do with each other stay below it."""


class Embeddings:
    """Over an open library, within its transactions."""

    def __init__(self, sql: sqlite3.Connection) -> None:
        self._sql = sql
        self._held: tuple[tuple[int, str], Array, Array] | None = None

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
        rows = ((model, _signs(vector), vector, key) for key, vector in vectors.items())
        self._sql.executemany(into, rows)

    def count(self, model: str) -> tuple[int, int]:
        """How many of all passages this model has embedded."""
        counts = "SELECT (SELECT count(*) FROM embedding WHERE model = ?), (SELECT count(*) FROM passage)"
        done, of = self._sql.execute(counts, (model,)).fetchone()
        return done, of

    def nearest(self, to: Embedding, limit: int) -> list[int]:
        """The numbers of the passages that mean alike, best first."""
        import numpy

        mine = numpy.frombuffer(_signs(to.vector), numpy.uint64)
        passages, signs = self._look(to.model, mine.nbytes)
        apart = numpy.bitwise_count(signs ^ mine).sum(axis=1, dtype=numpy.uint16)
        rough = passages[apart.argsort(kind="stable")[:ROUGH]].tolist()
        wanted = _direction(to.vector)
        grades = {number: float(_direction(self._vector(number)) @ wanted) for number in rough}
        return sorted((n for n in rough if grades[n] >= ALIKE), key=lambda n: -grades[n])[:limit]

    def _vector(self, passage: int) -> bytes:
        found = self._sql.execute("SELECT vector FROM embedding WHERE passage = ?", (passage,)).fetchone()
        return bytes(found[0])

    def _look(self, model: str, size: int) -> tuple[Array, Array]:
        """The passages and their signs as they are now: another connection's writing changes the version."""
        import numpy

        now = (self._sql.execute("PRAGMA data_version").fetchone()[0], model)
        if self._held is None or self._held[0] != now:
            query = "SELECT passage, signs FROM embedding WHERE model = ? AND length(signs) = ?"
            rows = self._sql.execute(query, (model, size)).fetchall()
            signs = numpy.frombuffer(b"".join(signs for _, signs in rows), numpy.uint64)
            passages = numpy.array([number for number, _ in rows], numpy.int64)
            self._held = (now, passages, signs.reshape(len(rows), size // 8))
        return self._held[1:]


def _signs(vector: bytes) -> bytes:
    """One bit of each component, in whole words of 64. Vectors that share most of them are near."""
    import numpy

    bits = numpy.packbits(numpy.frombuffer(vector, numpy.int8) >= 0).tobytes()
    return bits.ljust(-(-len(bits) // 8) * 8, b"\0")


def _direction(vector: bytes) -> Array:
    """A vector of length one."""
    import numpy

    components = numpy.frombuffer(vector, numpy.int8).astype(numpy.float32)
    direction: Array = components / numpy.linalg.norm(components)
    return direction
