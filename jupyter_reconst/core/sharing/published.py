"""The published Markdown format: a constitution that people read, and that returns to a notebook without loss.

Front matter; the preamble; one section per article with its id, WHEN, THEN and why; its kept cases as good and bad
examples; and at the end a *record*: one line of JSON for each of them (revision, parents, order, provenance, what a
newer version may have added) and for everything else that a notebook keeps, earlier revisions for instance.

What a person reads is what counts. The record says with which words each thing was written (`as`, a digest); where a
section has been edited or moved since, it is a new revision of its own whose parent is the recorded one. Where a file
written by hand has no record, ids come from the content, so that everybody reads the same ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jupyter_reconst.core.canonical import digest
from jupyter_reconst.core.constitution import Case, Draft, Expectation, Provenance, standing
from jupyter_reconst.core.errors import Malformed
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.nouns import Noun
from jupyter_reconst.core.sharing.front import Front, matter
from jupyter_reconst.core.sharing.record import MOST_BYTES, spelled_json
from jupyter_reconst.core.sharing.sections import RECORD, section

EXAMPLES = {
    "intended": "Good example",
    "unintended": "Bad example",
    "regression": "Bad example: regression",
}
"""The heading of a kept case, by what a person said of its reply."""
CLAUSES = {"When": "when", "Then": "then", "Source": "source", "Why": "why"}
REPLIES = {"Asked": "prompt", "Reply": "reply", "Without the rule": "without", "Note": "note"}


class Published(Noun):
    """A constitution as it was read from a file."""

    front: Front = Front()
    reading: Reading = Reading()

    @property
    def edited(self) -> bool:
        """Whether it says other words than those that its digest was taken from."""
        return self.front.digest not in (None, self.reading.constitution.digest)


def dump(front: Front, reading: Reading) -> str:
    """The file for what a notebook holds. Raises Malformed for what does not fit into one."""
    try:
        whole = "\n".join(_lines(front, reading))
        size = len(whole.encode("utf-8"))
    except ValueError as error:
        raise Malformed("A text in it holds half a character, which no file can.") from error
    if size > MOST_BYTES:
        raise Malformed("It would be larger than 2 MiB.", remedy="Export a notebook with fewer or shorter cases.")
    return whole


def wording(case: Case) -> list[str]:
    """What a reader sees of a case, and where: with other words it is another case."""
    return [case.article, case.prompt, *(getattr(case.expects, name) for name in Expectation.model_fields)]


def _lines(front: Front, reading: Reading) -> Iterator[str]:
    law, preamble, record = reading.constitution, standing(reading.preambles), []
    yield matter(front.model_copy(update={"digest": law.digest}))
    yield ""
    if preamble:
        yield from section(0, "", "", _signed(preamble.provenance), {"Preamble": preamble.text})
        record.append({"preamble": dumped(preamble, "text"), "as": digest(preamble.text)})
    cases: dict[str, list[Case]] = {}
    for case in reading.cases:
        cases.setdefault(case.article, []).append(case)
    shown = {(article.id, article.revision) for article in law.articles}
    for article in law.articles:
        tag = [article.kind, "always" if article.always else "scoped", *([] if article.enabled else ["off"])]
        texts = {label: text for label, name in CLAUSES.items() if (text := getattr(article, name))}
        yield from section(2, article.title, f"`{article.id}` {', '.join(tag)}", _signed(article.provenance), texts)
        record.append({"article": dumped(article, *Draft.model_fields), "as": digest(article.draft.wording)})
        for case in cases.get(article.id, ()):
            yield from _example(case)
            less = dumped(case, "prompt", "article") | {"expects": dumped(case.expects, *Expectation.model_fields)}
            record.append({"case": less, "as": digest(wording(case))})
    known = {article.id for article in law.articles}
    record += [{"article": dumped(a)} for a in reading.ratified if (a.id, a.revision) not in shown]
    record += [{"preamble": dumped(p)} for p in reading.preambles if p is not preamble]
    record += [{"case": dumped(case)} for case in reading.cases if case.article not in known]
    record += [{"import": dumped(found)} for found in reading.imports]
    yield f"# {RECORD}"
    yield ""
    yield "*For programs: what is above counts, and this says where it came from.*"
    yield ""
    yield "```json"
    yield from map(spelled_json, record)
    yield "```"
    yield ""


def _example(case: Case) -> Iterator[str]:
    said = {"prompt": case.prompt, **dumped(case.expects)}
    texts = {label: said[name] for label, name in REPLIES.items() if said[name] or name == "prompt"}
    yield from section(3, EXAMPLES[case.expects.verdict], f"`{case.id}`", "", texts)


def _signed(provenance: Provenance) -> str:
    """Who wrote it and what was seen, for a reader. Names in files are claims."""
    signed = f"{provenance.author or 'Somebody'} (as claimed), {provenance.at:%Y-%m-%d}"
    return f"{signed}. {provenance.evidence}" if provenance.evidence else signed


def dumped(noun: Noun, *without: str) -> dict[str, Any]:
    """A value as plain JSON, but for some of its fields."""
    return noun.model_dump(mode="json", exclude=set(without))
