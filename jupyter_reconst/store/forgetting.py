"""Erasing: the text of a turn and of everything said about it, also in the index and in the cache of replies.

A line stays, emptied, so that ids stay taken (a notebook that shows the turn is not asked for it again) and sequences
have no holes. What is law stays, and how it came to be: ratifications, votes and acceptances are the record of what was
adopted, and the notebook carries the same words. Only the cases that a forgotten turn left in them go.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, false, or_, select, update

from jupyter_reconst.store.search import FullText, readable, strings
from jupyter_reconst.store.tables import journal, replies

KEPT = ("ratification", "proposal", "vote", "rule", "acceptance", "name", "retention", "forget")
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
    turns = {line.id for line in lines if line.kind == "turn"}
    later = _cut_conversations(connection, owner, turns)
    known = {line.sequence for line in lines}
    lines += [line for line in _mentioning(connection, owner, later, ("call",)) if line.sequence not in known]
    _cut_histories(connection, full_text, owner, later)
    _cut_cases(connection, full_text, owner, turns)
    return _empty(connection, full_text, lines)


def expire(connection: Connection, full_text: FullText, owner: str, before: str) -> int:
    """Empty every line older than `before`; returns how many."""
    old = (journal.c.owner == owner) & (journal.c.created < before) & journal.c.kind.not_in(KEPT)
    return _empty(connection, full_text, connection.execute(select(journal).where(old, journal.c.body != _EMPTY)).all())


def _empty(connection: Connection, full_text: FullText, lines: Sequence[Any]) -> int:
    for line in lines:
        _write(connection, line.sequence, _EMPTY)
    if lines:
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


def _mentioning(connection: Connection, owner: str, turns: set[str], kinds: tuple[str, ...]) -> list[Any]:
    """Lines of these kinds about any of these turns."""
    mentioned = or_(false(), *(journal.c.body.like(f'%"{id}"%') for id in turns))
    wanted = select(journal).where(journal.c.owner == owner, journal.c.kind.in_(kinds), mentioned)
    return list(connection.execute(wanted).all())


def _cut_histories(connection: Connection, full_text: FullText, owner: str, turns: set[str]) -> None:
    """Probes made from these turns no longer hold the conversation that was before them."""
    for line in _mentioning(connection, owner, turns, ("row", "preview")):
        body = json.loads(line.body)
        cut = _without_history(body)
        if cut != body:
            _write(connection, line.sequence, json.dumps(cut, ensure_ascii=False))
            full_text.drop(connection, [line.sequence])
            full_text.add(connection, line.sequence, readable(cut))


def _without_history(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: [] if name == "history" else _without_history(item) for name, item in value.items()}
    return [_without_history(item) for item in value] if isinstance(value, list) else value


def _cut_conversations(connection: Connection, owner: str, gone: set[str]) -> set[str]:
    """Later turns keep their own words, but not the messages that repeat the forgotten ones; returns which they are."""
    turns = connection.execute(
        select(journal.c.sequence, journal.c.id, journal.c.body).where(
            journal.c.owner == owner, journal.c.kind == "turn", journal.c.body != _EMPTY
        )
    )
    bodies = {line.id: (line.sequence, json.loads(line.body)) for line in turns}
    first, after = gone, set(gone)
    while after:
        after = {id for id, (_, body) in bodies.items() if body.get("parent") in after and id not in gone}
        gone = gone | after
        for id in after:
            sequence, body = bodies[id]
            _write(connection, sequence, json.dumps({**body, "messages": []}, ensure_ascii=False))
    return gone - first


def _cut_cases(connection: Connection, full_text: FullText, owner: str, gone: set[str]) -> None:
    """Ratifications no longer tell of the cases that these turns left, which are then not replayed either."""
    lines = connection.execute(
        select(journal.c.sequence, journal.c.body).where(
            journal.c.owner == owner,
            journal.c.kind == "ratification",
            or_(false(), *(journal.c.body.like(f'%"{id}"%') for id in gone)),
        )
    ).all()
    for line in lines:
        body = json.loads(line.body)
        writes = body.get("change", {}).get("writes", {})
        kept = {key: value for key, value in writes.items() if value.get("turn") not in gone}
        if kept != writes:
            body["change"]["writes"] = kept
            _write(connection, line.sequence, json.dumps(body, ensure_ascii=False))
            full_text.drop(connection, [line.sequence])
            full_text.add(connection, line.sequence, readable(body))


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
