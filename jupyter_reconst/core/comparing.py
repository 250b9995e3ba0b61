"""Two constitutions beside each other: which articles differ, in what, and which kept cases. Pure."""

from __future__ import annotations

from typing import Literal

from jupyter_reconst.core.constitution import Article, Case, ordered
from jupyter_reconst.core.constitution import heads as heads_of
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.nouns import Id, Noun

How = Literal[
    "added", "removed", "repealed", "revived", "revised", "moved", "switched on", "switched off", "disputed", "settled"
]
"""What became of an article from one to the other. removed: the other does not know it. disputed: it has two heads."""


class Field(Noun):
    """A part of an article that reads otherwise."""

    name: str
    before: str
    after: str


class Difference(Noun):
    """One article that is not the same in both."""

    article: Id
    title: str
    how: tuple[How, ...]
    fields: tuple[Field, ...] = ()


class CaseDifference(Noun):
    """One kept case that is not the same in both."""

    case: Id
    article: Id
    prompt: str
    how: Literal["added", "removed", "changed"]


class Comparison(Noun):
    """What differs; nothing, where two notebooks say the same."""

    preamble: Field | None = None
    articles: tuple[Difference, ...] = ()
    cases: tuple[CaseDifference, ...] = ()

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not (self.preamble or self.articles or self.cases)


def compare(before: Reading, after: Reading) -> Comparison:
    """Article by article, in the order of the second; articles are known by their ids."""
    one, other = before.constitution, after.constitution
    first, second = heads_of(before.ratified), heads_of(after.ratified)
    moved = _moved(one.articles, other.articles)
    found = (_article(id, first.get(id, []), second.get(id, []), moved) for id in _ids(first, second))
    return Comparison(
        preamble=Field(name="preamble", before=one.preamble, after=other.preamble)
        if one.preamble != other.preamble
        else None,
        articles=tuple(difference for difference in found if difference.how),
        cases=_cases(before.cases, after.cases),
    )


def _ids(first: dict[str, list[Article]], second: dict[str, list[Article]]) -> list[str]:
    standing = {id: heads[0] for id, heads in (first | second).items()}
    return [article.id for article in ordered(standing.values())]


def _article(id: str, before: list[Article], after: list[Article], moved: set[str]) -> Difference:
    how: list[How] = []
    one, other = (next(iter(heads), None) for heads in (before, after))
    stood, stands = one is not None and not one.repealed, other is not None and not other.repealed
    fields: tuple[Field, ...] = ()
    if stands and not stood:
        how.append("revived" if one else "added")
    elif stood and not stands:
        how.append("repealed" if other else "removed")
    elif one and other and stood:
        fields = tuple(_fields(one, other))
        how += ["revised"] if fields else []
        how += ["moved"] if id in moved else []
        if one.enabled != other.enabled:
            how.append("switched on" if other.enabled else "switched off")
    if (len(before) > 1) != (len(after) > 1):
        how.append("disputed" if len(after) > 1 else "settled")
    named = other or one
    return Difference(article=id, title=named.title if named else "", how=tuple(how), fields=fields)


def _fields(before: Article, after: Article) -> list[Field]:
    clauses = ("title", "when", "then", "source", "why")
    said = (*((name, getattr(before, name), getattr(after, name)) for name in clauses),)
    said += (("kind", before.kind, after.kind), ("applies", _applies(before), _applies(after)))
    return [Field(name=name, before=old, after=new) for name, old, new in said if old != new]


def _applies(article: Article) -> str:
    return "always" if article.always else "where its WHEN holds"


def _moved(before: tuple[Article, ...], after: tuple[Article, ...]) -> set[str]:
    """The articles with another sort key that do not stand behind the same ones, of those that both have."""
    old, new = {a.id: a.order for a in before}, {a.id: a.order for a in after}
    here, there = [id for id in old if id in new], [id for id in new if id in old]
    placed = {id for id in here if old[id] != new[id]}
    return {id for id in placed if {*here[: here.index(id)]} != {*there[: there.index(id)]}}


def _cases(before: tuple[Case, ...], after: tuple[Case, ...]) -> tuple[CaseDifference, ...]:
    one, other = {case.id: case for case in before}, {case.id: case for case in after}
    found = []
    for id in sorted(one.keys() | other.keys()):
        case = other.get(id) or one[id]
        if one.get(id) != other.get(id):
            how: Literal["added", "removed", "changed"] = (
                "added" if id not in one else "removed" if id not in other else "changed"
            )
            found.append(CaseDifference(case=id, article=case.article, prompt=case.prompt, how=how))
    return tuple(found)
