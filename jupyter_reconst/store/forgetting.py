"""Erasing: the text of a turn and of everything said about it, also in the index and in the cache of replies.

A line stays, emptied, so that ids stay taken and sequences have no holes. What is law stays: ratifications and
acceptances are the record of what was adopted, and the notebook carries the same words.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, delete, or_, select, update

from jupyter_reconst.store.search import FullText, strings
from jupyter_reconst.store.tables import journal, replies

KEPT = ("ratification", "acceptance", "name", "retention", "forget")
"""Kinds that neither forgetting nor retention erases."""

_RUN = 6
"""A cached reply that shares this many words in a row with a forgotten text goes too: it quotes it."""

_EMPTY = "{}"


def digest_of(text: str) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def forget(connection: Connection, full_text: FullText, owner: str, subject: str) -> int:
    """Empty every line about a turn (or about whatever has this id); returns how many."""
    lines = _about(connection, owner, subject)
    texts = [text for line in lines for text in strings(json.loads(line.body))]
    numbers = [line.sequence for line in lines]
    for number in numbers:
        _write(connection, number, _EMPTY)
    full_text.drop(connection, numbers)
    _cut_conversations(connection, owner, {line.id for line in lines if line.kind == "turn"})
    if lines:
        _uncache(connection, texts)
        full_text.clean(connection)
    return len(lines)


def expire(connection: Connection, full_text: FullText, owner: str, before: str) -> int:
    """Remove lines older than `before`; returns how many."""
    old = (journal.c.owner == owner) & (journal.c.created < before) & journal.c.kind.not_in(KEPT)
    lines = connection.execute(select(journal.c.sequence, journal.c.body).where(old)).all()
    if lines:
        connection.execute(delete(journal).where(old))
        full_text.drop(connection, [line.sequence for line in lines])
        _uncache(connection, [text for line in lines for text in strings(json.loads(line.body))])
        full_text.clean(connection)
    return len(lines)


def _about(connection: Connection, owner: str, subject: str) -> list[Any]:
    """Lines with this id or subject, or that mention it; what was said of its annotations follows them."""
    found: dict[int, Any] = {}
    ids, seen = {subject}, set[str]()
    while ids:
        named = [journal.c.id.in_(ids), journal.c.subject.in_(ids)]
        mentioned = [journal.c.body.like(f'%"{id}"%') & (journal.c.kind != "turn") for id in ids]
        wanted = select(journal).where(
            journal.c.owner == owner, journal.c.kind.not_in(KEPT), journal.c.body != _EMPTY, or_(*named, *mentioned)
        )
        seen |= ids
        ids = set()
        for line in connection.execute(wanted):
            found[line.sequence] = line
            if line.kind == "annotation":
                ids |= {id for id in (line.id, line.subject) if id} - seen
    return list(found.values())


def _cut_conversations(connection: Connection, owner: str, gone: set[str]) -> None:
    """Later turns keep their own words, but not the messages that repeat the forgotten ones."""
    turns = connection.execute(
        select(journal.c.sequence, journal.c.id, journal.c.body).where(
            journal.c.owner == owner, journal.c.kind == "turn", journal.c.body != _EMPTY
        )
    )
    bodies = {line.id: (line.sequence, json.loads(line.body)) for line in turns}
    after = set(gone)
    while after:
        after = {id for id, (_, body) in bodies.items() if body.get("parent") in after and id not in gone}
        gone = gone | after
        for id in after:
            sequence, body = bodies[id]
            _write(connection, sequence, json.dumps({**body, "messages": []}, ensure_ascii=False))


def _write(connection: Connection, sequence: int, body: str) -> None:
    connection.execute(update(journal).where(journal.c.sequence == sequence).values(body=body, digest=digest_of(body)))


def _uncache(connection: Connection, texts: Iterable[str]) -> None:
    texts = list(texts)
    exact, runs = {digest_of(text) for text in texts}, {run for text in texts for run in _runs(text)}
    for line in connection.execute(select(replies)).all():
        said = json.loads(line.body)["text"]
        if line.text_digest in exact or not runs.isdisjoint(_runs(said)):
            connection.execute(delete(replies).where(replies.c.key == line.key))


def _runs(text: str) -> set[str]:
    words = text.split()
    return {" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
