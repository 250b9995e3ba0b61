"""Instructions of other tools as articles to review: AGENTS.md, CLAUDE.md, Cursor, Copilot, a prompt, a Model Spec.

They know headings, bullets and paragraphs, but no WHEN: what comes before the first heading is the preamble, and every
further piece an article that always applies, in its own words. Nothing they name is looked up: an `@import`, a link or
a glob stays text. A list stays with a sentence before it that ends in a colon, which may be the one that says *never*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from textwrap import shorten
from typing import Any

from jupyter_reconst.core.constitution import Article, Case, Expectation, Preamble, Provenance, after
from jupyter_reconst.core.errors import Malformed
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.sharing.front import Front, divided, plain
from jupyter_reconst.core.sharing.loading import MOST_ARTICLES, content_id, content_revision
from jupyter_reconst.core.sharing.published import Published

_HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")
_ANCHOR = re.compile(r"[ \t]*\{#([\w-]{1,100})[^{}]{0,200}\}$")
_ITEM = re.compile(r"(?:[-*+]|\d{1,4}[.)])[ \t]+")
_FENCE = re.compile(r"[ \t]{0,3}(```|~~~)")
_EXAMPLE = re.compile(
    r"\*\*Example\*\*:?[ \t]*([^\n]{0,300})\n+~~~xml\n<user>\n([^<]{1,8000})\n</user>\n<comparison>\n"
    r"<assistant> <!-- (GOOD|BAD)[^\n]{0,300} -->\n([^<]{1,16000})\n</assistant>\n"
    r"(?:<assistant> <!-- (?:GOOD|BAD)[^\n]{0,300} -->\n([^<]{1,16000})\n</assistant>\n)?</comparison>\n~~~(?:\n|$)"
)
_CLAUSE, _TITLE = 4_000, 200
_AT = datetime.fromtimestamp(0, timezone.utc)


@dataclass(slots=True)
class _Part:
    """What stands under one heading, in pieces."""

    level: int
    title: str
    anchor: str = ""
    pieces: list[str] = field(default_factory=list)


def foreign(text: str, name: str) -> Published:
    """The articles of a text. `name` says which file it is: the same words in another file are other articles.

    Raises Malformed for more articles than a constitution can hold.
    """
    pairs, body, _ = divided(text.replace("\r\n", "\n"))
    when = plain(pairs.get("description", "")) if pairs.get("alwaysApply") == "false" else ""
    reader = _Reader(name, when)
    parts = list(_parts(body))
    titled = next((part for part in parts[1:] if part.level == 1), None)
    lone = titled is not None and sum(part.level == 1 for part in parts) == 1
    trail: list[_Part] = []
    for number, part in enumerate(parts):
        trail = [above for above in trail if 0 < above.level < part.level]
        if part.level == 0 or (lone and part is titled):
            reader.opening(part)
        else:
            leaf = number + 1 == len(parts) or parts[number + 1].level <= part.level
            path = [above.title for above in trail if not (lone and above is titled)]
            reader.section(part, ": ".join([*path, part.title]), leaf)
        trail.append(part)
    shown = titled.title[:_TITLE] if titled and lone else name[:_TITLE]
    return Published(front=Front(name=shown), reading=reader.reading())


def unused(text: str) -> tuple[str, ...]:
    """The lines of a text's front matter that have no counterpart here."""
    pairs, _, _ = divided(text.replace("\r\n", "\n"))
    used = {"alwaysApply", "description"} if pairs.get("alwaysApply") == "false" else {"alwaysApply"}
    return tuple(f"{name}: {value}"[:200] for name, value in pairs.items() if name not in used)


class _Reader:
    """Makes articles, one after the other."""

    def __init__(self, name: str, when: str) -> None:
        self._name = name
        self._signed = Provenance(author="", at=_AT, note=f"From {name[:200]}")
        self._scope: dict[str, Any] = {"when": when[:_CLAUSE], "always": not when}
        self._preamble = ""
        self._articles: list[Article] = []
        self._cases: list[Case] = []
        self._seen: dict[str, int] = {}

    def opening(self, part: _Part) -> None:
        """What comes before the first article: the preamble as far as it is prose, then articles."""
        for piece in part.pieces:
            first = not (self._articles or self._preamble or _ITEM.match(piece)) and len(piece) <= _CLAUSE
            if first:
                self._preamble = piece
            else:
                self._add(shorten(_bare(piece), 60, placeholder="…") or self._name, piece)

    def section(self, part: _Part, title: str, leaf: bool) -> None:
        """One article for each piece of a section; a heading with nothing below it is one too."""
        pieces = part.pieces or ([part.title] if leaf else [])
        for number, piece in enumerate(pieces, 1):
            self._add(f"{title} {number}" if len(pieces) > 1 else title, piece, part.anchor if number == 1 else "")

    def _add(self, title: str, text: str, anchor: str = "") -> None:
        examples = [match.groups() for match in _EXAMPLE.finditer(text)]
        rest = _EXAMPLE.sub("", text).strip("\n") if examples else text
        if len(title) > _TITLE:
            rest, title = f"{title}\n\n{rest}", shorten(title, 100, placeholder="…")[:_TITLE]
        made = [self._article(title, clause, anchor) for clause in _clauses(rest)]
        for note, prompt, verdict, first, second in examples:
            good, bad = (first, second or "") if verdict == "GOOD" else (second or "", first)
            kept = Expectation(verdict="intended" if good else "unintended", reply=good or bad, without=bad, note=note)
            id = content_id(_AT, made[0].id, prompt, kept)
            self._cases.append(Case(id=id, article=made[0].id, prompt=prompt, expects=kept, provenance=self._signed))

    def _article(self, title: str, clause: str, anchor: str) -> Article:
        if len(self._articles) == MOST_ARTICLES:
            raise Malformed(f"It has more than {MOST_ARTICLES} pieces, each of which would be an article.")
        known_by = f"#{anchor}" if anchor else title
        nth = self._seen[known_by] = self._seen.get(known_by, 0) + 1
        article = Article(
            id=content_id(_AT, self._name, known_by, nth),
            revision=content_id(_AT),
            order=after(self._articles[-1].order if self._articles else ""),
            title=title,
            then=_bare(clause),
            provenance=self._signed,
            **self._scope,
        )
        self._articles.append(article.model_copy(update={"revision": content_revision(article)}))
        return self._articles[-1]

    def reading(self) -> Reading:
        """What was made."""
        revision = content_id(_AT, self._name, self._preamble)
        preamble = Preamble(revision=revision, text=self._preamble, provenance=self._signed)
        return Reading(
            revisions=tuple(self._articles),
            preambles=(preamble,) if self._preamble else (),
            cases=tuple(sorted({case.id: case for case in self._cases}.values(), key=lambda case: case.id)),
        )


def _parts(text: str) -> Iterator[_Part]:
    """The sections of a Markdown text, each in pieces: a run of paragraphs, or one item of a list."""
    part, piece, fence, said = _Part(0, ""), list[str](), "", ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        heading = None if fence else _HEADING.fullmatch(line)
        if heading:
            _close(part, piece)
            yield part
            part, said = _part(heading), ""
            continue
        item = not fence and _ITEM.match(line)
        listed = said.endswith((":", "："))
        new_item = item and not listed
        after_list = piece and _ITEM.match(piece[0]) and not piece[-1].strip() and line[:1].strip() and not fence
        if new_item or after_list:
            _close(part, piece)
            said = ""
        if mark:
            fence = "" if mark[1] == fence else fence or mark[1]
        elif not item and not fence and line[:1].strip():
            said = line.rstrip(" *_")
        piece.append(line)
    _close(part, piece)
    yield part


def _part(heading: re.Match[str]) -> _Part:
    """A heading without the attributes that a Model Spec writes behind it; its anchor is what it is known by."""
    title = heading[2].strip()
    anchor = _ANCHOR.search(title[-400:])
    return _Part(len(heading[1]), title[: -len(anchor[0])] if anchor else title, anchor[1] if anchor else "")


def _close(part: _Part, piece: list[str]) -> None:
    """Put what stands so far down as a piece, and begin another."""
    text = "\n".join(piece).strip("\n")
    piece.clear()
    if text.strip():
        part.pieces.append(text)


def _bare(text: str) -> str:
    """A piece without the sign that makes it an item; an introduction keeps the signs of its list."""
    return _ITEM.sub("", text, count=1) if _ITEM.match(text) else text


def _clauses(text: str) -> Iterator[str]:
    """The text in clauses that an article can hold, cut where a paragraph, a line or a word ends."""
    while len(text) > _CLAUSE:
        ends = [text.rfind(sign, 1, _CLAUSE) for sign in ("\n\n", "\n", " ")]
        cut = next((end for end in ends if end > _CLAUSE // 2), _CLAUSE)
        yield text[:cut]
        text = text[cut:].lstrip("\n ")
    yield text
