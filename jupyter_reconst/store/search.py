"""Which lines are nearest to some words: BM25 in SQLite, `ts_rank` in PostgreSQL. One small class for each."""

from __future__ import annotations

import re
from typing import Any, Protocol

from sqlalchemy import Connection, text

_MOST_WORDS = 32
"""Longest words first: they are the rare ones, and an OR of many common words is slow."""

_MOST_TEXT = 32_000

_ADD = text("INSERT INTO journal_text(rowid, words) VALUES (:sequence, :words)")


class FullText(Protocol):
    """The full-text index of one kind of database."""

    def add(self, connection: Connection, sequence: int, words: str) -> None:
        """Index a line."""
        ...

    def drop(self, connection: Connection, sequences: list[int]) -> None:
        """Take lines out."""
        ...

    def clean(self, connection: Connection) -> None:
        """Leave no trace of what was taken out."""
        ...

    def nearest(self, connection: Connection, where: dict[str, Any], words: str, limit: int) -> list[Any]:
        """Rows of the journal, best first; `where` holds owner, kind and perhaps notebook."""
        ...


class Fts5:
    """SQLite's FTS5."""

    def add(self, connection: Connection, sequence: int, words: str) -> None:
        """Index a line."""
        connection.execute(_ADD, {"sequence": sequence, "words": words[:_MOST_TEXT]})

    def drop(self, connection: Connection, sequences: list[int]) -> None:
        """Take lines out."""
        statement = text("DELETE FROM journal_text WHERE rowid = :sequence")
        for sequence in sequences:
            connection.execute(statement, {"sequence": sequence})

    def clean(self, connection: Connection) -> None:
        """Merge the index into one segment, without the words of deleted lines."""
        connection.execute(text("INSERT INTO journal_text(journal_text) VALUES ('optimize')"))

    def nearest(self, connection: Connection, where: dict[str, Any], words: str, limit: int) -> list[Any]:
        """Rows of the journal, best first."""
        query = " OR ".join(f'"{word}"' for word in _tokens(words))
        if not query:
            return []
        statement = text(
            "SELECT journal.* FROM journal_text JOIN journal ON journal.sequence = journal_text.rowid "
            f"WHERE journal_text MATCH :query AND {_conditions(where)} "
            "ORDER BY bm25(journal_text), journal.sequence LIMIT :most"
        )
        return list(connection.execute(statement, {**where, "query": query, "most": limit}))


class TsVector:
    """PostgreSQL's text search, in no language's grammar."""

    def add(self, connection: Connection, sequence: int, words: str) -> None:
        """Index a line."""
        statement = text("INSERT INTO journal_text(sequence, words) VALUES (:sequence, to_tsvector('simple', :words))")
        connection.execute(statement, {"sequence": sequence, "words": words[:_MOST_TEXT].replace("\x00", " ")})

    def drop(self, connection: Connection, sequences: list[int]) -> None:
        """Take lines out."""
        connection.execute(text("DELETE FROM journal_text WHERE sequence = ANY(:gone)"), {"gone": sequences})

    def clean(self, connection: Connection) -> None:
        """PostgreSQL's own vacuum removes what was deleted."""

    def nearest(self, connection: Connection, where: dict[str, Any], words: str, limit: int) -> list[Any]:
        """Rows of the journal, best first."""
        query = " | ".join(f"'{word}'" for word in _tokens(words))
        if not query:
            return []
        statement = text(
            "SELECT journal.* FROM journal_text JOIN journal ON journal.sequence = journal_text.sequence, "
            "to_tsquery('simple', :query) AS query "
            f"WHERE journal_text.words @@ query AND {_conditions(where)} "
            "ORDER BY ts_rank(journal_text.words, query, 1) DESC, journal.sequence LIMIT :most"
        )
        return list(connection.execute(statement, {**where, "query": query, "most": limit}))


def _conditions(where: dict[str, Any]) -> str:
    """Column names come from our own code, values are bound."""
    return " AND ".join(f"journal.{column} = :{column}" for column in where)


def _tokens(words: str) -> list[str]:
    found = {match.lower() for match in re.findall(r"\w+", words[:_MOST_TEXT]) if match.strip("_")}
    return sorted(found, key=lambda word: (-len(word), word))[:_MOST_WORDS]


def readable(body: dict[str, Any]) -> str:
    """What of a line can be searched: the prompt where it has one, otherwise every text in it."""
    if isinstance(body.get("prompt"), str):
        return str(body["prompt"])
    return "\n".join(strings(body))


def strings(value: Any) -> list[str]:
    """Every string in a JSON value; keys are not among them."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.values() for text in strings(item)]
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    return []
