"""Questions and answers that a group has curated, in plain Markdown: each becomes an article of kind *knowledge*.

A question is a heading that ends in a question mark; its answer is the text below it, up to the next heading that is
no deeper. Everything else in such a file is for its readers. The article is scoped: it is sent where its question
comes up. Its id comes from the file's name and the question, so an answer that is edited later is a new revision.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timezone

from jupyter_reconst.core.constitution import Article, Provenance, after
from jupyter_reconst.core.errors import Malformed
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.sharing.front import Front, divided
from jupyter_reconst.core.sharing.loading import MOST_ARTICLES, content_id, content_revision
from jupyter_reconst.core.sharing.published import Published

_HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")
_FENCE = re.compile(r"[ \t]{0,3}(```|~~~)")
_TITLE, _CLAUSE = 200, 4_000
_WHEN = "this question comes up, or the reply rests on its answer: "
_AT = datetime.fromtimestamp(0, timezone.utc)


def answers(text: str, name: str) -> Published | None:
    """The pairs of a text; None where it has no question. Raises Malformed for a pair that no article can hold."""
    _, body, _ = divided(text.replace("\r\n", "\n"))
    signed = Provenance(author="", at=_AT, note=f"From {name[:200]}")
    made: list[Article] = []
    seen: dict[str, int] = {}
    for question, said in _pairs(body):
        if len(question) > _TITLE or len(said) > _CLAUSE:
            limits = f"a question has at most {_TITLE:,} characters, an answer {_CLAUSE:,}"
            raise Malformed(f"“{question[:60]}” is too long: {limits}.")
        if len(made) == MOST_ARTICLES:
            raise Malformed(f"It has more than {MOST_ARTICLES} questions.")
        nth = seen[question] = seen.get(question, 0) + 1
        article = Article(
            id=content_id(_AT, name, question, nth),
            revision=content_id(_AT),
            order=after(made[-1].order if made else ""),
            title=question,
            when=_WHEN + question,
            then=said,
            kind="knowledge",
            always=False,
            provenance=signed,
        )
        made.append(article.model_copy(update={"revision": content_revision(article)}))
    return Published(front=Front(name=name[:_TITLE]), reading=Reading(revisions=tuple(made))) if made else None


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Each question with the text below it; one without a text is no pair."""
    question, level, fence = "", 0, ""
    said: list[str] = []
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark:
            fence = "" if mark[1] == fence else fence or mark[1]
        heading = None if fence else _HEADING.fullmatch(line)
        if heading and (not question or len(heading[1]) <= level):
            if question and any(map(str.strip, said)):
                yield question, "\n".join(said).strip()
            title = heading[2].strip()
            question, level = (title, len(heading[1])) if title.endswith(("?", "？")) else ("", 0)
            said = []
        elif question:
            said.append(line)
    if question and any(map(str.strip, said)):
        yield question, "\n".join(said).strip()
