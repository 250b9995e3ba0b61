"""Notebook format v1: which metadata keys hold what, and how to read them without trusting or losing anything.

Notebook metadata: `reconst` (format version, notebook id, origin) and one key per immutable revision. Cell metadata:
`reconst:annotation:<id>`. Keys that cannot be read are reported and left as they are.

What counts is decided here too: where a rule of ratification stands, a revision short of its votes is read and kept,
and is no part of the constitution (`core.agreeing`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeVar

from pydantic import Field, ValidationError

from jupyter_reconst.core.agreeing import Course, Records, course
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
    heads,
)
from jupyter_reconst.core.errors import BadInput
from jupyter_reconst.core.formal.pinned import Pinned
from jupyter_reconst.core.nouns import Id, Kept, Noun
from jupyter_reconst.core.proposals import Proposed, Rule, Vote
from jupyter_reconst.core.styles import Pick

HEAD = "reconst"
PREFIX = "reconst:"
_VERSION = 1
TURN_MIME = "application/vnd.reconst.turn+json"
CHOICE_MIME = "application/vnd.reconst.choice+json"


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


def import_key(found: Import) -> str:
    """`reconst:import:<id>`."""
    return f"{PREFIX}import:{found.id}"


def case_key(case: Case) -> str:
    """`reconst:case:<id>`."""
    return f"{PREFIX}case:{case.id}"


def argument_key(argument: Pinned) -> str:
    """`reconst:argument:<id>`."""
    return f"{PREFIX}argument:{argument.id}"


def rule_key(rule: Rule) -> str:
    """`reconst:rule:<revision>`."""
    return f"{PREFIX}rule:{rule.revision}"


def proposal_key(proposal: Proposed) -> str:
    """`reconst:proposal:<id>`."""
    return f"{PREFIX}proposal:{proposal.id}"


def vote_key(vote: Vote) -> str:
    """`reconst:vote:<proposal>:<id>`."""
    return f"{PREFIX}vote:{vote.proposal}:{vote.id}"


def style_key(_: Pick) -> str:
    """`reconst:style`: a notebook has one."""
    return f"{PREFIX}style"


def annotation_key(annotation: Annotation) -> str:
    """`reconst:annotation:<id>`, in the cell's metadata."""
    return f"{PREFIX}annotation:{annotation.id}"


_ROOMS: dict[str, tuple[type[Kept], Callable[[Any], str]]] = {
    "article": (Article, article_key),
    "preamble": (Preamble, preamble_key),
    "import": (Import, import_key),
    "case": (Case, case_key),
    "argument": (Pinned, argument_key),
    "rule": (Rule, rule_key),
    "proposal": (Proposed, proposal_key),
    "vote": (Vote, vote_key),
    "style": (Pick, style_key),
}
"""What notebook metadata holds beside its head: the noun of each kind of key, and the key that names it."""


class Reading(Noun):
    """What a notebook's metadata says; `problems` names what has no effect: keys that cannot be read, and settings."""

    head: Head | None = None
    revisions: tuple[Article, ...] = ()
    preambles: tuple[Preamble, ...] = ()
    imports: tuple[Import, ...] = ()
    cases: tuple[Case, ...] = ()
    arguments: tuple[Pinned, ...] = ()
    rules: tuple[Rule, ...] = ()
    proposals: tuple[Proposed, ...] = ()
    votes: tuple[Vote, ...] = ()
    style: Pick | None = None
    problems: tuple[str, ...] = ()
    newer: bool = Field(default=False, description="A newer version wrote it: it is looked at, and never written")

    @property
    def records(self) -> Records:
        """What is said about agreeing."""
        return Records(self.rules, self.proposals, self.votes)

    @property
    def course(self) -> Course:
        """How agreeing went so far."""
        return course(self.revisions, self.records)

    @property
    def ratified(self) -> tuple[Article, ...]:
        """The revisions that count: all of them, but for those that are short of votes."""
        if not self.rules:
            return self.revisions
        counted = self.course.ratified
        return tuple(article for article in self.revisions if article.revision in counted)

    @property
    def short(self) -> tuple[Article, ...]:
        """The newest revisions that do not count, but for those that say once more what does."""
        counted: dict[str, list[Article]] = {}
        for article in self.ratified:
            counted.setdefault(article.id, []).append(article)
        newest = [head for found in heads(self.revisions).values() for head in found]
        return tuple(head for head in newest if not any(_same(head, known) for known in counted.get(head.id, ())))

    @property
    def constitution(self) -> Constitution:
        """What the revisions that count amount to."""
        return constituted(self.ratified, self.preambles)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Articles that two people revised at once."""
        return conflicts(self.ratified)

    @property
    def ids(self) -> set[str]:
        """The ids that put what is done in its order: what is made next gets a later one."""
        made = {article.revision for article in self.revisions} | {rule.revision for rule in self.rules}
        return made | {proposal.id for proposal in self.proposals} | {vote.id for vote in self.votes}


def _same(one: Article, other: Article) -> bool:
    """Whether they are one revision, or say the same of the same ones, as when two people ratify at once."""
    if one.revision == other.revision:
        return True
    return (one.parents, one.repealed, one.draft) == (other.parents, other.repealed, other.draft)


def ours(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of a metadata mapping that are ours."""
    return {key: value for key, value in metadata.items() if key == HEAD or key.startswith(PREFIX)}


def read(metadata: Mapping[str, Any]) -> Reading:
    """Read a notebook's metadata. Never raises: damaged keys are named in `problems` and have no effect."""
    problems: list[str] = []
    found: dict[str, list[Any]] = {room: [] for room in _ROOMS}
    head = None
    for key, value in ours(metadata).items():
        room = key.split(":")[1] if ":" in key else HEAD
        if isinstance(value, Mapping):
            problems += [f"{key} {name}" for name in sorted(_SETTINGS & value.keys())]
        if room == HEAD:
            head = _parsed(Head, key, value, problems)
        elif room in _ROOMS:
            kind, key_of = _ROOMS[room]
            noun = _parsed(kind, key, value, problems)
            if noun and _named(key, key_of(noun), problems):
                found[room].append(noun)
    return Reading(
        head=head,
        revisions=tuple(found["article"]),
        preambles=tuple(found["preamble"]),
        imports=tuple(found["import"]),
        cases=tuple(sorted(found["case"], key=lambda c: c.id)),
        arguments=tuple(sorted(found["argument"], key=lambda a: a.id)),
        rules=tuple(found["rule"]),
        proposals=tuple(found["proposal"]),
        votes=tuple(found["vote"]),
        style=next(iter(found["style"]), None),
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
    named |= {import_key(found): found for found in reading.imports}
    named |= {case_key(case): case for case in reading.cases}
    named |= {argument_key(argument): argument for argument in reading.arguments}
    named |= {rule_key(rule): rule for rule in reading.rules}
    named |= {proposal_key(proposal): proposal for proposal in reading.proposals}
    named |= {vote_key(vote): vote for vote in reading.votes}
    if reading.style is not None:
        named[style_key(reading.style)] = reading.style
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
