"""The constitution: a preamble and ordered articles, made of immutable revisions.

A notebook keeps one metadata key per revision. A revision that no other names as a parent is a *head*; an article with
two heads is in conflict: both are kept and shown, and the newer one stands until a person resolves it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, get_args

from pydantic import AwareDatetime, Field

from jupyter_reconst.core.canonical import digest
from jupyter_reconst.core.nouns import CellId, Clause, Digest, Id, Kept, Line, Noun, Prose

Kind = Literal["process", "knowledge"]
"""process: how to work. knowledge: a fact or a citation."""

Scope = Literal["user", "project", "notebook"]
"""Where an article holds, from the farthest to the nearest: everywhere, in a folder, in one notebook."""
SCOPES: tuple[Scope, ...] = get_args(Scope)


class Words(Kept):
    """Words that a rule came from, quoted so that they outlive their cell."""

    annotation: Id | None = None
    cell: CellId | None = None
    quote: Prose = ""
    correction: Prose = ""


class Provenance(Kept):
    """Who, when, from which words, on what evidence. The author is as claimed by the file."""

    author: Line = ""
    at: AwareDatetime
    words: tuple[Words, ...] = ()
    evidence: Line = ""
    note: Clause = ""


class Draft(Noun):
    """The wording of an article, before anybody signed it."""

    title: Line
    when: Clause
    then: Clause
    why: Clause = ""
    source: Clause = Field(default="", description="Where a fact is from: a citation, a DOI, an address, who said so")
    kind: Kind = "process"
    always: bool = True
    enabled: bool = True

    @property
    def clauses(self) -> str:
        """WHEN, THEN and the source, a line each, for a reader."""
        said = {"WHEN": self.when, "THEN": self.then, "SOURCE": self.source}
        return "\n".join(f"   {name} {text}" for name, text in said.items() if text or name != "SOURCE")

    @property
    def wording(self) -> dict[str, object]:
        """Its wording as plain JSON, for digests: without a source it is what it was before there were sources."""
        return self.model_dump(mode="json", exclude=None if self.source else {"source"})


class Article(Kept):
    """One immutable revision of a rule. `order` sorts articles (a fractional index: plain string order)."""

    id: Id
    revision: Id
    parents: tuple[Id, ...] = ()
    seals: tuple[Digest, ...] = Field(default=(), description="What each parent said when this was made: `core.chain`")
    order: str = Field(default="", max_length=200)
    title: Line
    when: Clause
    then: Clause
    why: Clause = ""
    source: Clause = ""
    kind: Kind = "process"
    always: bool = True
    enabled: bool = True
    repealed: bool = False
    provenance: Provenance

    @property
    def draft(self) -> Draft:
        """Its wording alone."""
        return Draft(**{name: getattr(self, name) for name in Draft.model_fields})

    def reads_as(self, other: Article) -> bool:
        """Whether a model would read the same of both."""
        return self.enabled == other.enabled and all(getattr(self, name) == getattr(other, name) for name in _SENT)


class Preamble(Kept):
    """One immutable revision of the text before the articles."""

    revision: Id
    parents: tuple[Id, ...] = ()
    text: Clause
    provenance: Provenance


class Import(Kept):
    """The pin of a pack whose articles were copied into the notebook: its name, and the digest that it had."""

    id: Id
    pack: Line
    digest: Digest
    articles: tuple[Id, ...] = Field(
        default=(), description="The only ones that were copied, whose digest it then is; none: the whole pack"
    )


class Expectation(Kept):
    """What a person said a case should show."""

    verdict: Literal["intended", "unintended", "regression"]
    reply: Prose = Field(default="", description="The reply that the person judged")
    without: Prose = Field(default="", description="The reply it was compared with")
    note: Clause = ""


class Case(Kept):
    """A probe with what a person said it should show; replayed by every later preview."""

    id: Id
    article: Id
    prompt: Prose
    turn: Id | None = None
    bin: str = "case"
    expects: Expectation
    provenance: Provenance


class Beneath(Noun):
    """A version of an article in a farther scope, which does not apply while a nearer one stands."""

    scope: Scope
    article: Article


class Constitution(Noun):
    """What can be in force: a preamble and articles in order, one revision each.

    Where several scopes are laid over each other (`core.scopes`), it says which of it is not the notebook's own.
    """

    preamble: str = ""
    articles: tuple[Article, ...] = ()
    scopes: dict[Id, Scope] = Field(default_factory=dict, description="Of the articles that are not the notebook's own")
    beneath: tuple[Beneath, ...] = Field(default=(), description="Their other versions, the farthest first")
    outer: str = Field(default="", description="What the preamble begins with: those of the farther scopes")

    @property
    def effective(self) -> tuple[Article, ...]:
        """The articles that are switched on and not repealed."""
        return tuple(a for a in self.articles if a.enabled and not a.repealed)

    @property
    def content(self) -> dict[str, object]:
        """Everything that is sent, and nothing else: what a digest covers and an acceptance is about."""
        return _content(self.preamble, self._sent)

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON of the content."""
        return _digest(self.preamble, self._sent)

    @property
    def _sent(self) -> tuple[tuple[object, ...], ...]:
        return tuple(tuple(getattr(article, name) for name in _SENT) for article in self.effective)

    def article(self, id: str) -> Article | None:
        """The article with this id, if it is here."""
        return next((a for a in self.articles if a.id == id), None)

    def scope(self, id: str) -> Scope:
        """The scope that an article here comes from."""
        return self.scopes.get(id, "notebook")

    @property
    def own(self) -> Constitution:
        """What of it is the notebook's own."""
        if not (self.scopes or self.beneath or self.outer):
            return self
        articles = tuple(a for a in self.articles if a.id not in self.scopes)
        return Constitution(preamble=self.preamble[len(self.outer) :].removeprefix(BETWEEN), articles=articles)

    def prefaced(self, text: str) -> Constitution:
        """This constitution with another preamble of the notebook's own."""
        return self.model_copy(update={"preamble": BETWEEN.join(part for part in (self.outer, text) if part)})

    def replaced(self, article: Article) -> Constitution:
        """This constitution with an article added to the notebook's own, or put in the place of its earlier revision.

        A version of a farther scope stays beneath it.
        """
        found, far = self.article(article.id), self.scopes.get(article.id)
        scopes = {id: scope for id, scope in self.scopes.items() if id != article.id}
        outer = [a for a in self.articles if a.id in scopes]
        own = [a for a in self.articles if a.id not in self.scopes and a.id != article.id]
        covered = (Beneath(scope=far, article=found),) if found and far else ()
        update = {"articles": (*outer, *ordered([*own, article])), "scopes": scopes}
        return self.model_copy(update=update | {"beneath": (*self.beneath, *covered)})

    def without(self, id: str) -> Constitution:
        """This constitution without an article; under the notebook's own, the version of a farther scope applies."""
        articles = [a for a in self.articles if a.id != id]
        scopes = {other: scope for other, scope in self.scopes.items() if other != id}
        beneath = [b for b in self.beneath if b.article.id == id and id not in self.scopes]
        if beneath:
            scopes[id] = beneath[-1].scope
            articles.append(beneath[-1].article)
            articles.sort(key=lambda a: (SCOPES.index(scopes.get(a.id, "notebook")), a.order, a.id))
        rest = tuple(b for b in self.beneath if b not in beneath[-1:])
        return self.model_copy(update={"articles": tuple(articles), "scopes": scopes, "beneath": rest})


_SENT = ("title", "when", "then", "source", "kind", "always")
BETWEEN = "\n\n"
"""What stands between the preambles of two scopes."""


def _content(preamble: str, sent: tuple[tuple[object, ...], ...]) -> dict[str, object]:
    """A source that nobody gave is left out, so that digests are those of before there were sources."""
    articles = [dict(zip(_SENT, values, strict=True)) for values in sent]
    articles = [{name: said for name, said in one.items() if name != "source" or said} for one in articles]
    return {"preamble": preamble, "articles": articles, "imports": []}


@lru_cache(maxsize=256)
def _digest(preamble: str, sent: tuple[tuple[object, ...], ...]) -> str:
    """Kept by content: every ask and every sync needs it several times."""
    return digest(_content(preamble, sent))


EMPTY = Constitution()


class Conflict(Noun):
    """One article with several heads, newest first. The first one stands until the person chooses."""

    article: Id
    heads: tuple[Article, ...]


def ordered(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Articles by sort key, then by id, so that every reader sees the same order."""
    return tuple(sorted(articles, key=lambda a: (a.order, a.id)))


def heads(revisions: Iterable[Article]) -> dict[str, list[Article]]:
    """The heads of each article, newest first (ULIDs sort by time)."""
    revisions = list(revisions)
    superseded = {(a.id, parent) for a in revisions for parent in a.parents}
    found: dict[str, list[Article]] = {}
    for article in sorted(revisions, key=lambda a: a.revision, reverse=True):
        if (article.id, article.revision) not in superseded:
            found.setdefault(article.id, []).append(article)
    return found


def constituted(revisions: Iterable[Article], preambles: Iterable[Preamble] = ()) -> Constitution:
    """The constitution that a set of revisions amounts to; repealed articles are left out."""
    articles = [versions[0] for versions in heads(revisions).values()]
    newest = standing(preambles)
    return Constitution(
        preamble=newest.text if newest else "",
        articles=ordered(a for a in articles if not a.repealed),
    )


def standing(preambles: Iterable[Preamble]) -> Preamble | None:
    """The preamble that stands: the newest head."""
    preambles = list(preambles)
    superseded = {parent for p in preambles for parent in p.parents}
    return max((p for p in preambles if p.revision not in superseded), key=lambda p: p.revision, default=None)


def conflicts(revisions: Iterable[Article]) -> tuple[Conflict, ...]:
    """The articles that two people revised at once."""
    return tuple(
        Conflict(article=id, heads=tuple(versions)) for id, versions in heads(revisions).items() if len(versions) > 1
    )


_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def between(before: str, after: str) -> str:
    """A sort key after `before` and before `after`; an empty string stands for the start or the end.

    Source: fractional indexing (midpoints of base-62 fractions). Raises ValueError where nothing fits between, as
    before the lowest key of all, and for keys with other signs.
    """
    if (after and before >= after) or after == f"{before}0":
        raise ValueError(f"no sort key lies between {before!r} and {after!r}")
    key = ""
    while True:
        low = _DIGITS.index(before[len(key)]) if len(key) < len(before) else 0
        if not after:
            high = len(_DIGITS)
        elif len(key) < len(after):
            high = _DIGITS.index(after[len(key)])
        else:  # `after` is `before` and several zeros: one zero fewer.
            return key[:-1]
        if high - low > 1:
            return key + _DIGITS[(low + high) // 2]
        key += _DIGITS[low]
        if high > low:
            after = ""


def after(order: str) -> str:
    """A sort key after this one, whoever wrote it."""
    try:
        return between(order, "")
    except ValueError:
        return f"{order}V"
