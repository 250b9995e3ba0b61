"""The two tables: the append-only journal, and the cache of model replies. Nouns are stored as they are, as JSON text.

Full text stands beside them in `journal_text` (FTS5 in SQLite, `tsvector` in PostgreSQL), which `search.py` speaks to.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

metadata = MetaData()

_NUMBER = BigInteger().with_variant(Integer, "sqlite")
_ID = String(26)
_SHA = String(64)

journal = Table(
    "journal",
    metadata,
    Column("sequence", _NUMBER, primary_key=True, autoincrement=True),
    Column("id", _ID, nullable=False),
    Column("owner", String(200), nullable=False),
    Column("notebook", _ID),
    Column("kind", String(32), nullable=False),
    Column("subject", _ID),
    Column("body", Text, nullable=False),
    Column("digest", _SHA, nullable=False),
    Column("created", String(32), nullable=False),
    UniqueConstraint("owner", "id", name="journal_once"),
    Index("journal_by_notebook", "owner", "notebook", "kind", "sequence"),
    Index("journal_by_subject", "owner", "subject", "kind", "sequence"),
    Index("journal_by_kind", "owner", "kind", "sequence"),
    sqlite_autoincrement=True,
)
"""`id` is made by the client: the same act sent twice is one line. `digest` is the SHA-256 of `body` as stored.
`created` is UTC in ISO 8601 with microseconds, so that text order is time order; only for display and retention."""

replies = Table(
    "replies",
    metadata,
    Column("key", _SHA, primary_key=True),
    Column("body", Text, nullable=False),
    Column("text_digest", _SHA, nullable=False, index=True),
    Column("created", String(32), nullable=False),
)
"""`text_digest` finds the cached replies of a turn that is to be forgotten."""
