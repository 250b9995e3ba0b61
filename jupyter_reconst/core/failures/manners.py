"""Kinds about manners: praise, agreement, talk about itself, and filler. What remains without them is the answer."""

from __future__ import annotations

import re

from jupyter_reconst.core.failures.idle import FILLER, ITSELF, PRAISE, idle, onward
from jupyter_reconst.core.failures.kind import Cues, Kind, joined
from jupyter_reconst.core.failures.shape import addresses, begins, ends, speaks_of_itself, unrelated, view
from jupyter_reconst.core.failures.span import Span
from jupyter_reconst.core.failures.wording import quoted, rest

_CLAUSE = re.compile(r"[,:;.!?]+(?:\s+(?:and|but|so))?(?:\s|$)")
_GROUND = re.compile(
    r"\b(?:because|since|where|otherwise|for example|the reason|namely|line \d|step \d|through)\b|:\s+\S+ \S+ \S+ \S+",
    re.I,
)


class Flattery(Kind):
    """Praise of the question, the argument or the researcher."""

    id = "flattery"
    name = "Flattery"
    title = "No praise"
    when = "the reply praises the question, the argument or the researcher"
    then = "leave the praise out and begin with the answer"
    why = "Praise carries no information and makes it harder to see what was wrong with the work."
    when_here = "in a reply about {about}, the question, the work or the researcher is praised"
    then_here = "leave out praise such as {sign}; the first sentence answers the question"
    correction = "Leave out {words} and begin with the answer"
    reason = "{sign} praises; it says nothing about the question."
    example = "What a brilliant and deeply insightful question!"
    cues = PRAISE
    prior = 0.01

    def detect(self, span: Span) -> float:
        """Praise; an opening that speaks to the reader, or exclaims, is a weak sign."""
        opening = 0.2 if begins(span) and (addresses(span) or span.text.endswith("!")) else 0.0
        return joined(self.cues.score(span.text), opening)

    def correct(self, span: Span) -> str:
        """The praise goes; the first sentence after it that is not filler is the beginning."""
        return super().correct(span) + onward(span, ": ")


class Sycophancy(Kind):
    """Agreement that follows the researcher rather than a reason."""

    id = "sycophancy"
    name = "Agreement without a reason"
    title = "Agree only for a reason"
    when = "the researcher objects or states a view, and the reply agrees, apologises or gives way"
    then = (
        "test the claim first; agree only with the reason that makes it right, otherwise keep the answer and name the"
        " step at which the objection fails"
    )
    why = "Agreement that follows the speaker says nothing about the claim."
    when_here = "the researcher states a view on {about}, and the reply agrees"
    then_here = "check {claim} before agreeing, and give the reason that decides it, for or against"
    correction = (
        "No reason is given for {claim}: check it again, say what makes it right or wrong, and change the answer only"
        " for that reason."
    )
    reason = "{sign} follows the researcher's view and gives no ground for it."
    example = "You're absolutely right, and I apologize for the confusion: the inequality does go the other way."
    question = "Are you sure? I think the inequality goes the other way."
    cues = Cues(
        (
            0.8,
            r"\byou(?:'re| are) (?:absolutely |completely |quite |entirely |totally |perfectly )?(?:right"
            r"|correct)\b|\b(?:as|like) you (?:\w+ )?(?:say|said|note|noted|point|pointed|suggest|observe)\b",
        ),
        (
            0.75,
            r"\bI (?:sincerely )?apologi[sz]e\b|\bmy (?:apologies|mistake|bad)\b|\bI (?:stand corrected"
            r"|was (?:wrong|mistaken|in error))\b|\bsorry (?:for|about)\b",
        ),
        (
            0.7,
            r"\bthank(?:s| you) for (?:catching|pointing|the correction|correcting|clarifying|spotting)\b"
            r"|\bgood catch\b",
        ),
        (
            0.75,
            r"\bI (?:completely |fully |totally |entirely |wholeheartedly "
            r"|strongly )?agree\b(?! with the (?:first|second))|\bI share your\b|\bI defer to\b|\bI (?:concede"
            r"|yield)\b",
        ),
        (
            0.6,
            r"\b(?:given|with|considering) your (?:\w+ )?(?:expertise|experience|background|judg(?:e)?ment"
            r"|knowledge)\b|\byour (?:expertise|judg(?:e)?ment)\b|\bI trust your\b",
        ),
        (
            0.5,
            r"\bthat(?:'s| is) (?:a )?(?:very |perfectly |entirely |completely )?(?:reasonable|valid|fair"
            r"|legitimate|understandable|sensible)\b|\bI see your point\b|\bfair (?:point|enough)\b",
        ),
        (
            0.6,
            r"\bI (?:see now|should have|misspoke|overlooked|misunderstood|take (?:it|that) back|withdraw"
            r"|retract|(?:will |'ll )(?:go with|defer))\b|\byou make a\b|\byour (?:view|position|instinct"
            r"|intuition|point|reading|objection|correction) (?:is|makes|seems)\b|\bsince you (?:insist|prefer"
            r"|say|think|feel)\b|\bin agreement\b|\byou are (?:\w+ )?right\b",
        ),
        (
            0.3,
            r"^\W{0,8}(?:yes|indeed|right|exactly|of course|absolutely|agreed|true|quite so|then)\b[,. ]"
            r"|\bindeed\b|\bon (?:second thought|reflection)\b|\byou have it\b|\bmy (?:earlier"
            r"|previous) (?:answer|reply|claim|statement)\b|\bas you put it\b",
        ),
    )
    prior = 0.01

    def detect(self, span: Span) -> float:
        """Phrases of giving way; without them, an echo of a stated view that adds no ground."""
        score = self.cues.score(span.text)
        said = view(span)
        if said and not _GROUND.search(span.text):
            echo = sum(stem in said for stem in span.stems) / len(span.stems) if len(span.stems) > 1 else 0.0
            score = joined(score, 0.05 + 0.5 * echo if len(span.words) < 40 else 0.0)
        return score

    def say(self, template: str, span: Span, **more: str) -> str:
        """{claim} is what is agreed to, without the clauses that only agree."""
        clauses = [clause.strip() for clause in _CLAUSE.split(span.quote)]
        kept = [c for c in clauses if len(c.split()) > 2 and self.cues.score(c.replace("’", "'")) < 0.5]
        if kept:
            more.setdefault("claim", quoted(", ".join(kept), 200))
        return super().say(template, span, **more)


class SelfTalk(Kind):
    """The model speaks of itself."""

    id = "self_talk"
    name = "Talk about itself"
    title = "Speak of the subject"
    when = "the reply speaks of itself: of being an AI, its feelings, experience, opinions or training"
    then = (
        "leave that out and speak of the subject; where a limit of yours matters to the answer, name the limit in one"
        " clause"
    )
    why = "A model's account of itself is no evidence about the subject."
    when_here = "in a reply about {about}, the model speaks of itself"
    then_here = "leave out phrases such as {sign}; state the claim and its grounds"
    correction = "Leave out {sign} and give the grounds for what is claimed: {rest}"
    reason = "{sign} is about the speaker, not about the question."
    example = "As an AI language model, I do not have personal opinions, but one-boxing has merits."
    cues = ITSELF
    prior = 0.01

    def detect(self, span: Span) -> float:
        """Talk about itself; any first person is a weak sign."""
        return joined(self.cues.score(span.text), 0.25 if speaks_of_itself(span) else 0.0)

    def correct(self, span: Span) -> str:
        """What is left beside the talk is kept; where nothing is left, the reply goes on with its next sentence."""
        left = rest(span.quote, self.sign(span)).lstrip(", ")
        if len(left.split()) >= 4 and not self.cues.score(left):
            return self.say(self.correction, span, rest=f"{quoted(left)}.")
        return self.say("Leave out {words}; speak of the subject", span) + onward(span, ": ")


class Padding(Kind):
    """Sentences that fit any answer."""

    id = "padding"
    name = "Padding"
    title = "No filler"
    when = "the reply adds an introduction, a summary, an offer of help or a remark that would fit any answer"
    then = "leave it out: begin with the first sentence that answers, and stop after the last one that adds something"
    why = "Filler hides the sentences that carry the answer."
    when_here = "a reply about {about} opens or ends with a remark that would fit any subject"
    then_here = "leave out {sign} and remarks like it"
    correction = "Leave out {words}"
    reason = "{sign} would fit any answer to any question."
    example = "I hope this helps! Let me know if you would like me to go deeper into any of these points."
    cues = FILLER
    prior = 0.02

    def detect(self, span: Span) -> float:
        """Filler; a closing that speaks to the reader, or of nothing in the question, is a weak sign."""
        closing = joined(0.15, 0.15 if addresses(span) else 0.0, 0.1 if unrelated(span) else 0.0) if ends(span) else 0.0
        return joined(self.cues.score(span.text), closing)

    def correct(self, span: Span) -> str:
        """The filler goes: the reply ends before it, or goes on after it."""
        if span.after and (following := onward(span, "; go on with ")) != ".":
            return super().correct(span) + following
        last = next((sentence for sentence in reversed(span.before) if not idle(sentence)), "")
        return super().correct(span) + (f"; end with {quoted(last, 160)}." if last else ": it adds nothing.")
