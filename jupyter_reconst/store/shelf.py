"""The statements of one person's library: a SQLite file with FTS5 beside the feedback store. It can be made again.

Whatever puts a document in is one transaction, so that a process that dies in the middle loses one document at most.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from jupyter_reconst.core.embedding import Embedding, fused
from jupyter_reconst.core.errors import StoreError, StoreNewer
from jupyter_reconst.core.library import Entry, File, Held, Passage, Readable, Skipped, Work, named
from jupyter_reconst.store.embeddings import SCHEMA as _EMBEDDINGS
from jupyter_reconst.store.embeddings import Embeddings
from jupyter_reconst.store.faults import store_error
from jupyter_reconst.store.files import private_directory, private_file
from jupyter_reconst.store.mounts import on_network
from jupyter_reconst.store.pruning import CANDIDATES, OFTEN, any_of, close_to, pruned, ranked, tokens

VERSION = 1
PATIENCE = 5

_SCHEMA = """
CREATE TABLE source (path TEXT PRIMARY KEY, indexed TEXT NOT NULL DEFAULT '');
CREATE TABLE document (
  id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, modified INTEGER NOT NULL,
  digest TEXT NOT NULL, passages INTEGER NOT NULL, why TEXT NOT NULL
);
CREATE TABLE entry (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL, document INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
  title TEXT NOT NULL, names TEXT NOT NULL, doi TEXT NOT NULL, arxiv TEXT NOT NULL, file TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE TABLE passage (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL, entry INTEGER NOT NULL REFERENCES entry(id) ON DELETE CASCADE,
  locator TEXT NOT NULL, text TEXT NOT NULL
);
CREATE TABLE common (word TEXT PRIMARY KEY, passages INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX entry_document ON entry(document);
CREATE INDEX entry_file ON entry(file) WHERE file != '';
CREATE INDEX entry_doi ON entry(doi) WHERE doi != '';
CREATE INDEX entry_arxiv ON entry(arxiv) WHERE arxiv != '';
CREATE INDEX passage_key ON passage(key);
CREATE INDEX passage_entry ON passage(entry);
CREATE VIRTUAL TABLE passage_text USING fts5(
  text, content='passage', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE passage_words USING fts5vocab(passage_text, 'row');
CREATE VIRTUAL TABLE entry_text USING fts5(
  title, names, content='entry', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER passage_out AFTER DELETE ON passage BEGIN
  INSERT INTO passage_text(passage_text, rowid, text) VALUES ('delete', old.id, old.text);
END;
CREATE TRIGGER entry_in AFTER INSERT ON entry BEGIN
  INSERT INTO entry_text(rowid, title, names) VALUES (new.id, new.title, new.names);
END;
CREATE TRIGGER entry_out AFTER DELETE ON entry BEGIN
  INSERT INTO entry_text(entry_text, rowid, title, names) VALUES ('delete', old.id, old.title, old.names);
END;
"""

_PASSAGE = """
SELECT passage.key, passage.locator, passage.text, entry.body, entry.file, entry.arxiv
FROM passage JOIN entry ON entry.id = passage.entry
"""

_DESCRIBED = """
SELECT body FROM entry WHERE names != '' AND (file != '' AND file = ? OR arxiv != '' AND arxiv = ?) LIMIT 1
"""
"""What a bibliography says of a file that it names, or that has the same stamp."""


class Shelf:
    """An open library. One thread at a time."""

    def __init__(self, path: Path) -> None:
        with _told():
            private_directory(path.parent)
            private_file(path)
            self._sql = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
            self._embeddings = Embeddings(self._sql)
            try:
                self._prepare("DELETE" if on_network(path) else "WAL")
            except BaseException:
                self._sql.close()
                raise

    def close(self) -> None:
        """Let go."""
        self._sql.close()

    def search(self, words: str, limit: int, like: Embedding | None = None) -> list[Passage]:
        """The passages nearest to the words, and to what they mean where that is told, best first."""
        with self._reading():
            counts = {word: self._passages(word) for word in tokens(words)}
            whole = self._sql.execute("SELECT max(id) FROM passage").fetchone()[0] or 0
            found = self.nearest(pruned(counts), CANDIDATES)
            said = "SELECT id, text FROM passage WHERE id = ?"
            texts = (self._sql.execute(said, (number,)).fetchone() for number in found)
            alike = self._embeddings.nearest(like, CANDIDATES) if like else []
            return [self.numbered(number) for number in fused(alike, ranked(texts, counts, whole))[:limit]]

    def nearest(self, words: Collection[str], limit: int) -> list[int]:
        """The numbers of the passages nearest to exactly these words, best first."""
        query = "SELECT rowid FROM passage_text WHERE passage_text MATCH ? ORDER BY rank, rowid LIMIT ?"
        return [row[0] for row in self._sql.execute(query, (any_of(words), limit))] if words else []

    def passage(self, key: str) -> Passage | None:
        """One passage."""
        with self._reading():
            row = self._sql.execute(f"{_PASSAGE} WHERE passage.key = ? LIMIT 1", (key,)).fetchone()
            return self._passage(row) if row else None

    def find(self, work: Work, limit: int) -> list[Entry]:
        """The entries that may be this work, best first."""
        said = tokens(work.title) or [word for author in work.authors for word in tokens(author.family)]
        wanted = any_of(sorted(said, key=len, reverse=True)[:8])
        like = "SELECT rowid FROM entry_text WHERE entry_text MATCH ? ORDER BY rank LIMIT 50"
        same = "SELECT id FROM entry WHERE doi != '' AND doi = ? OR arxiv != '' AND arxiv = ? LIMIT 20"
        with self._reading():
            rows = self._sql.execute(same, (work.doi, work.arxiv)).fetchall()
            rows += self._sql.execute(like, (wanted,)).fetchall() if wanted else []
            entries = [
                Entry.model_validate_json(self._sql.execute("SELECT body FROM entry WHERE id = ?", row).fetchone()[0])
                for row in dict.fromkeys(rows)
            ]
        graded = [(close_to(work, entry), entry) for entry in entries]
        return [entry for grade, entry in sorted(graded, key=lambda one: -one[0]) if grade][:limit]

    def sources(self) -> list[Held]:
        """What was added."""
        counted = """
        SELECT source.path, source.indexed, count(CASE WHEN passages THEN 1 END), count(CASE WHEN why != '' THEN 1 END)
        FROM source LEFT JOIN document
        ON document.path = source.path OR substr(document.path, 1, length(source.path) + 1) = source.path || ?
        GROUP BY source.path ORDER BY source.path
        """
        with self._reading():
            rows = self._sql.execute(counted, (os.sep,)).fetchall()
        return [Held(path=path, indexed=at, documents=some, skipped=none) for path, at, some, none in rows]

    def skipped(self, limit: int) -> list[Skipped]:
        """What could not be read."""
        with self._reading():
            rows = self._sql.execute("SELECT path, why FROM document WHERE why != '' ORDER BY path LIMIT ?", (limit,))
            return [Skipped(path=path, why=why) for path, why in rows]

    def add(self, path: str) -> None:
        """Add a source."""
        with self._writing():
            self._sql.execute("INSERT INTO source(path) VALUES (?) ON CONFLICT DO NOTHING", (path,))

    def remove(self, path: str) -> bool:
        """Take a source out, and the documents that no other source holds."""
        with self._writing():
            gone = self._sql.execute("DELETE FROM source WHERE path = ?", (path,)).rowcount
            kept = [row[0] for row in self._sql.execute("SELECT path FROM source")]
            for (document,) in self._sql.execute("SELECT path FROM document").fetchall():
                if not any(document == source or document.startswith(source + os.sep) for source in kept):
                    self._sql.execute("DELETE FROM document WHERE path = ?", (document,))
            return gone > 0

    def known(self) -> dict[str, tuple[File, str]]:
        """Every file that was read."""
        with self._reading():
            rows = self._sql.execute("SELECT path, size, modified, digest FROM document").fetchall()
        return {path: (File(path, size, modified), digest) for path, size, modified, digest in rows}

    def put(self, document: Readable) -> None:
        """Let a document say this from now on. One that says the same as before was only touched."""
        file, count = document.file, len(document.portions)
        with self._writing():
            self._sql.execute("DELETE FROM document WHERE path = ?", (file.path,))
            row = (file.path, file.size, file.modified, document.digest, count, document.why)
            into = "INSERT INTO document(path, size, modified, digest, passages, why) VALUES (?, ?, ?, ?, ?, ?)"
            id = self._sql.execute(into, row).lastrowid
            entries = [self._entry(id, entry) for entry in document.entries]
            last = self._sql.execute("SELECT coalesce(max(id), 0) FROM passage").fetchone()
            self._sql.executemany(
                "INSERT INTO passage(key, entry, locator, text) VALUES (?, ?, ?, ?)",
                (
                    (
                        named(document.entries[one.entry].id, one.locator, one.text),
                        entries[one.entry],
                        one.locator,
                        one.text,
                    )
                    for one in document.portions
                ),
            )

            # At once: a trigger for each would take twice as long.
            self._sql.execute("INSERT INTO passage_text(rowid, text) SELECT id, text FROM passage WHERE id > ?", last)

    def touch(self, file: File) -> None:
        """Say that a file has another date and the same bytes."""
        with self._writing():
            stamp = (file.size, file.modified, file.path)
            self._sql.execute("UPDATE document SET size = ?, modified = ? WHERE path = ?", stamp)

    def drop(self, paths: Collection[str]) -> None:
        """Forget documents that are gone."""
        for path in paths:
            with self._writing():
                self._sql.execute("DELETE FROM document WHERE path = ?", (path,))

    def settle(self, at: datetime) -> None:
        """Count the common words anew, and say when everything was gone through."""
        with self._writing():
            whole = self._sql.execute("SELECT count(*) FROM passage").fetchone()[0]
            self._sql.execute("DELETE FROM common")
            often = "INSERT INTO common SELECT term, doc FROM passage_words WHERE doc > ?"
            self._sql.execute(often, (max(100, int(whole * OFTEN)),))
            self._sql.execute("UPDATE source SET indexed = ?", (at.isoformat(timespec="seconds"),))

    def unembedded(self, model: str, after: int, limit: int) -> list[tuple[int, str, str]]:
        """The next passages that this model has not embedded: number, key, text."""
        with self._reading():
            return self._embeddings.lacking(model, after, limit)

    def embed(self, model: str, vectors: Mapping[str, bytes]) -> None:
        """Keep what a model made of passages, by their keys."""
        with self._writing():
            self._embeddings.put(model, vectors)

    def embedded(self, model: str) -> tuple[int, int]:
        """How many passages this model has embedded, and of how many."""
        with self._reading():
            return self._embeddings.count(model)

    def _entry(self, document: int | None, entry: Entry) -> int | None:
        names = " ".join(author.family for author in entry.authors)
        row = (entry.id, document, entry.title, names, entry.doi, entry.arxiv, entry.file, entry.model_dump_json())
        into = "INSERT INTO entry(key, document, title, names, doi, arxiv, file, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        return self._sql.execute(into, row).lastrowid

    def numbered(self, number: int) -> Passage:
        """The passage with a number that was just found."""
        return self._passage(self._sql.execute(f"{_PASSAGE} WHERE passage.id = ?", (number,)).fetchone())

    def _passage(self, row: tuple[str, ...]) -> Passage:
        key, locator, text, body, file, arxiv = row
        entry = Entry.model_validate_json(body)
        better = self._sql.execute(_DESCRIBED, (file, arxiv)).fetchone() if entry.type == "file" else None
        if better:
            entry = Entry.model_validate_json(better[0]).model_copy(update={"file": file})
        return Passage(id=key, entry=entry, locator=locator, text=text)

    def _passages(self, word: str) -> int:
        """How many passages hold a word: known beforehand for the common ones, and soon counted for the others."""
        common = self._sql.execute("SELECT passages FROM common WHERE word = ?", (word,)).fetchone()
        found = common or self._sql.execute("SELECT doc FROM passage_words WHERE term = ?", (word,)).fetchone()
        return int(found[0]) if found else 0

    def _prepare(self, journal: str) -> None:
        """Make the tables of a new file. Raises StoreNewer for a file that has others."""
        for pragma in (
            f"journal_mode = {journal}",
            "synchronous = NORMAL",  # What the last moments before a power cut lose is read again.
            "foreign_keys = ON",
        ):
            self._sql.execute(f"PRAGMA {pragma}")
        with self._writing():
            found = self._sql.execute("PRAGMA user_version").fetchone()[0]
            if found == 0:
                _script(self._sql, _SCHEMA)
                self._sql.execute(f"PRAGMA user_version = {VERSION}")
            elif found != VERSION:
                raise StoreNewer("The library was written by another version of jupyter_reconst.")
            _script(self._sql, _EMBEDDINGS)  # A library that was made before has none.

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with _told(), self._within("BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Several statements that see one state."""
        with _told(), self._within("BEGIN"):
            yield

    @contextmanager
    def _within(self, begin: str) -> Iterator[None]:
        self._sql.execute(begin)
        try:
            yield
        except BaseException:
            self._sql.execute("ROLLBACK")
            raise
        self._sql.execute("COMMIT")


def _script(sql: sqlite3.Connection, script: str) -> None:
    """Statement by statement: `executescript` would end the transaction."""
    statement = ""
    for line in script.strip().splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            sql.execute(statement)
            statement = ""


@contextmanager
def _told() -> Iterator[None]:
    """Raise SQLite's errors as ours, about the library."""
    try:
        yield
    except sqlite3.Error as error:
        said = str(error).lower()
        if "malformed" in said or "not a database" in said:
            remedy = "Move the folder `library` out of the data directory, and add your folders again."
            raise StoreError("The library's index is damaged.", remedy=remedy) from error
        if "fts5" in said:
            raise StoreError("This Python's SQLite has no FTS5, which a library needs.") from error
        raise store_error(error) from error
