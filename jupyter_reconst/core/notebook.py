"""Notebook format v1: which metadata keys hold what, and how to read them without trusting or losing anything.

Notebook metadata: `reconst` (format version, notebook id, origin) and one key per immutable revision. Cell metadata:
`reconst:annotation:<id>`. Keys that cannot be read are reported and left as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeVar

from pydantic import Field, ValidationError

from jupyter_reconst.core.annotations import Annotation
from jupyter_reconst.core.constitution import (
    Article,
    Case,
    Conflict,
    Constitution,
    Import,
    Preamble,
    conflicts,
    constituted,
)
from jupyter_reconst.core.errors import BadInput
from jupyter_reconst.core.nouns import Id, Kept, Noun

HEAD = "reconst"
PREFIX = "reconst:"
_VERSION = 1
TURN_MIME = "application/vnd.reconst.turn+json"


_SETTINGS = {"api_key", "base_url", "endpoint", "key", "model", "profile"}
"""What only a person's own settings can say; a notebook that says it is ignored, and that is told."""


class Head(Kept):
    """The `reconst` key: which format, which notebook, copied from which."""

    version: Literal[1] = 1
    id: Id
    origin: Id | None = None
    sample: str | None = Field(
        default=None, max_length=100, description="Set in a scratch notebook that plays a recording"
    )


def article_key(article: Article) -> str:
    """`reconst:article:<id>:<revision>`."""
    return f"{PREFIX}article:{article.id}:{article.revision}"


def preamble_key(preamble: Preamble) -> str:
    """`reconst:preamble:<revision>`."""
    return f"{PREFIX}preamble:{preamble.revision}"


def case_key(case: Case) -> str:
    """`reconst:case:<id>`."""
    return f"{PREFIX}case:{case.id}"


def annotation_key(annotation: Annotation) -> str:
    """`reconst:annotation:<id>`, in the cell's metadata."""
    return f"{PREFIX}annotation:{annotation.id}"


class Reading(Noun):
    """What a notebook's metadata says; `problems` names what has no effect: keys that cannot be read, and settings."""

    head: Head | None = None
    revisions: tuple[Article, ...] = ()
    preambles: tuple[Preamble, ...] = ()
    imports: tuple[Import, ...] = ()
    cases: tuple[Case, ...] = ()
    problems: tuple[str, ...] = ()
    newer: bool = Field(default=False, description="A newer version wrote it: it is looked at, and never written")

    @property
    def constitution(self) -> Constitution:
        """What the revisions amount to."""
        return constituted(self.revisions, self.preambles)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Articles that two people revised at once."""
        return conflicts(self.revisions)


def ours(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of a metadata mapping that are ours."""
    return {key: value for key, value in metadata.items() if key == HEAD or key.startswith(PREFIX)}


def read(metadata: Mapping[str, Any]) -> Reading:
    """Read a notebook's metadata. Never raises: damaged keys are named in `problems` and have no effect."""
    problems: list[str] = []
    articles: list[Article] = []
    preambles: list[Preamble] = []
    imports: list[Import] = []
    cases: list[Case] = []
    head = None
    for key, value in ours(metadata).items():
        room = key.split(":")[1] if ":" in key else HEAD
        if isinstance(value, Mapping):
            problems += [f"{key} {name}" for name in sorted(_SETTINGS & value.keys())]
        if room == HEAD:
            head = _parsed(Head, key, value, problems)
        elif room == "article":
            article = _parsed(Article, key, value, problems)
            if article and _named(key, article_key(article), problems):
                articles.append(article)
        elif room == "preamble":
            preamble = _parsed(Preamble, key, value, problems)
            if preamble and _named(key, preamble_key(preamble), problems):
                preambles.append(preamble)
        elif room == "import":
            found = _parsed(Import, key, value, problems)
            if found:
                imports.append(found)
        elif room == "case":
            case = _parsed(Case, key, value, problems)
            if case and _named(key, case_key(case), problems):
                cases.append(case)
    return Reading(
        head=head,
        revisions=tuple(articles),
        preambles=tuple(preambles),
        imports=tuple(imports),
        cases=tuple(sorted(cases, key=lambda c: c.id)),
        problems=tuple(problems),
        newer=_newer(metadata.get(HEAD)),
    )


def understood(reading: Reading, name: str) -> Reading:
    """A reading to write by, or to conclude from. Raises BadInput for a newer format: much of it may be missing."""
    if reading.newer:
        message = f"A newer version of jupyter_reconst wrote what {name} carries: here it can only be looked at."
        raise BadInput(message, remedy="Update jupyter_reconst.")
    return reading


def keys(reading: Reading) -> dict[str, Any]:
    """The metadata that a reading was made from, without what could not be read."""
    named: dict[str, Kept] = {article_key(article): article for article in reading.revisions}
    named |= {preamble_key(preamble): preamble for preamble in reading.preambles}
    named |= {f"{PREFIX}import:{found.id}": found for found in reading.imports}
    named |= {case_key(case): case for case in reading.cases}
    if reading.head is not None:
        named[HEAD] = reading.head
    return {key: noun.model_dump(mode="json", by_alias=True) for key, noun in named.items()}


def read_annotations(metadata: Mapping[str, Any]) -> tuple[Annotation, ...]:
    """The annotations in a cell's metadata, oldest first; unreadable ones are left alone."""
    found = [
        _parsed(Annotation, key, value, []) for key, value in metadata.items() if key.startswith(f"{PREFIX}annotation:")
    ]
    return tuple(sorted((a for a in found if a), key=lambda a: a.id))


_Kept = TypeVar("_Kept", bound=Kept)


def _parsed(kind: type[_Kept], key: str, value: Any, problems: list[str]) -> _Kept | None:
    try:
        return kind.model_validate(value)
    except (ValidationError, RecursionError):
        problems.append(key)
        return None


def _newer(head: Any) -> bool:
    version = head.get("version") if isinstance(head, Mapping) else None
    return type(version) is int and version > _VERSION


def _named(key: str, expected: str, problems: list[str]) -> bool:
    if key == expected:
        return True
    problems.append(key)
    return False
