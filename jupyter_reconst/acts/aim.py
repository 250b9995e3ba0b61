"""What an amendment is after, in terms that code can check: the person's correction, the kind of failure, fixed words.

Every judgement here is made by code on two texts. None asks a model, so none can be talked into an answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jupyter_reconst.acts.distance import closeness, says
from jupyter_reconst.core import failures
from jupyter_reconst.core.amendments import Amendment
from jupyter_reconst.core.annotations import Annotation
from jupyter_reconst.core.constitution import Draft

PRESENT = 0.5
"""From this score on a detector says that the defect is there."""
SURE = 0.5
"""From this score on a highlight is taken to be of a kind."""
MARGIN = 0.05
"""Being closer to a correction by less than this is chance."""

_QUOTED = re.compile(r"[“\"]([^“”\"]{2,40})[”\"]")
_ASKS = re.compile(r"\b(begin|start|open|end|close|finish|add|append|include|put|write|say|sign)\w*\b", re.I)
_FORBIDS = re.compile(r"\b(not|never|no|without|avoid|drop|instead of|rather than|stop)\b|n't\b", re.I)
_ABOUT = re.compile(r"\b(which|what|whether|how|why|about)\b", re.I)
"""Words after which a quotation is spoken of, not spoken."""
_BRIEF = re.compile(
    r"\b(short(er)?|brief(ly|er)?|concise(ly)?|one sentence|a single sentence|fewer words"
    r"|(at most|no more than) (a|one|two|three|\d+) (short )?(words?|sentences?|lines?))\b",
    re.I,
)
SHORTER = 0.6
"""A reply is shorter, as a THEN clause asked, if it has at most this part of the words."""
_ALWAYS = re.compile(
    r"\W*(?:always|(?:(?:writing |giving )?(?:an?|any|every|each|all)\s+(?:new )?(?:reply|replies|answers?|responses?)"
    r"(?:\s+(?:is|are|gets?)?\s*(?:being )?(?:written|given|sent|made|finished))?)|you (?:reply|answer))?\W*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Aim:
    """`kind` is the failure's kind, where one is known. `literals` are words that THEN asks for as they stand.

    `brief` says that THEN asks for a shorter reply, `everywhere` that WHEN means every reply.
    """

    quotes: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    kind: str = ""
    literals: tuple[str, ...] = ()
    brief: bool = False
    everywhere: bool = False
    praise: bool = False

    def defect(self, text: str, prompt: str = "") -> bool:
        """Whether the kind's own detector finds the defect in a text, as a reply to a prompt."""
        return bool(self.kind) and failures.detect(self.kind, text, prompt) >= PRESENT

    def appeared(self, before: str, after: str, prompt: str = "") -> bool:
        """Whether the defect is in the second reply, and was not in the first."""
        return self.defect(after, prompt) and not self.defect(before, prompt)

    def literal(self, text: str) -> bool:
        """Whether a text holds all the words that THEN asks for."""
        return bool(self.literals) and all(says(words, text) for words in self.literals)

    def shorter(self, before: str, after: str) -> bool:
        """Whether a reply has become shorter, where THEN asks for it."""
        return self.brief and 0 < len(after.split()) <= SHORTER * len(before.split())

    def nearness(self, text: str) -> float:
        """How much of the corrections (or of the praised words) a text says, in [0, 1]."""
        wanted = self.quotes if self.praise else self.corrections
        return sum(closeness(one, text) for one in wanted) / len(wanted) if wanted else 0.0

    def nearer(self, before: str, after: str) -> bool:
        """Whether a text has come nearer to the corrections, by more than chance."""
        return self.nearness(after) > self.nearness(before) + MARGIN

    def reached(self, before: str, after: str, prompt: str = "") -> str:
        """Why code may say that a change went as wanted; empty where it cannot."""
        if self.literal(after) and not self.literal(before):
            return "the words that the article asks for are there now"
        if self.defect(before, prompt) and not self.defect(after, prompt):
            return f"the defect ({self.kind.replace('_', ' ')}) is gone"
        if self.shorter(before, after):
            return "shorter, as the article asks"
        return ""


def aim_of(amendment: Amendment, annotations: tuple[Annotation, ...], draft: Draft | None, reading: str = "") -> Aim:
    """The aim of an amendment made from these annotations. `draft` is the wording that would be in force."""
    quotes = tuple(a.target.quote for a in annotations if a.target.quote.strip())
    corrections = tuple(said for a in annotations if (said := a.said("editing").strip()))
    then = draft.then if draft and amendment.action != "repeal" else ""
    praise = bool(annotations) and all(a.motivation == "assessing" for a in annotations)
    return Aim(
        quotes=quotes,
        corrections=corrections,
        kind="" if praise else _kind(amendment, annotations, reading),
        literals=literals(then),
        brief=_BRIEF.search(then) is not None and not _FORBIDS.search(then),
        everywhere=bool(draft) and everywhere(draft.when if draft else ""),
        praise=praise,
    )


def literals(then: str) -> tuple[str, ...]:
    """The quoted words that a THEN clause asks for; not those that it forbids."""
    found = []
    for sentence in re.split(r"(?<=[.;!?])\s+(?=[A-Z])", then):
        for match in _QUOTED.finditer(sentence):
            lead = sentence[: match.start()]
            if _ASKS.search(lead) and not _FORBIDS.search(lead) and not _ABOUT.search(lead):
                found.append(match.group(1).strip())
    return tuple(found)


def everywhere(when: str) -> bool:
    """Whether a WHEN clause means every reply."""
    return _ALWAYS.fullmatch(when.strip()) is not None


def _kind(amendment: Amendment, annotations: tuple[Annotation, ...], reading: str) -> str:
    """The kind named by the library's own article, otherwise the one its detectors are sure of."""
    for annotation in annotations:
        target = annotation.target
        found = failures.rank(target.quote, reading or target.quote, "", target.part)
        for finding in found:
            if amendment.source.by == "library" and finding.name == amendment.source.name:
                return finding.kind
        if found and found[0].score >= SURE:
            return found[0].kind
    return ""
