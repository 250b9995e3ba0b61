"""The journal, the cache of replies, and their full-text index.

Spelled out rather than taken from `tables.py`: a migration must not change when the tables do.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "journal",
        sa.Column("sequence", number, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("notebook", sa.String(26)),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(26)),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("created", sa.String(32), nullable=False),
        sa.UniqueConstraint("owner", "id", name="journal_once"),
        sqlite_autoincrement=True,
    )
    op.create_index("journal_by_notebook", "journal", ["owner", "notebook", "kind", "sequence"])
    op.create_index("journal_by_subject", "journal", ["owner", "subject", "kind", "sequence"])
    op.create_index("journal_by_kind", "journal", ["owner", "kind", "sequence"])
    op.create_table(
        "replies",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("text_digest", sa.String(64), nullable=False),
        sa.Column("created", sa.String(32), nullable=False),
    )
    op.create_index("ix_replies_text_digest", "replies", ["text_digest"])
    if sqlite:
        op.execute(
            "CREATE VIRTUAL TABLE journal_text USING fts5(words, tokenize = 'porter unicode61 remove_diacritics 2')"
        )
    else:
        op.execute("CREATE TABLE journal_text (sequence BIGINT PRIMARY KEY, words tsvector NOT NULL)")
        op.execute("CREATE INDEX journal_text_words ON journal_text USING gin (words)")
