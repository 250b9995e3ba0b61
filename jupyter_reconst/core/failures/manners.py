"""Kinds about manners: praise, agreement, talk about itself, and filler. What remains without them is the answer."""

from __future__ import annotations

import re

from jupyter_reconst.core.failures.kind import Cues, Kind, joined
from jupyter_reconst.core.failures.shape import addresses, begins, ends, speaks_of_itself, told, unrelated
from jupyter_reconst.core.failures.span import Span
from jupyter_reconst.core.failures.wording import cut, quoted, rest

_GROUND = re.compile(r"\b(?:because|since|where|otherwise|for example|the reason|namely|line \d|step \d|through)\b|:\s+\S+ \S+ \S+ \S+", re.I)
_GOOD = (
    r"(?:great|excellent|brilliant|fantastic|wonderful|insightful|thoughtful|fascinating|profound|amazing|superb"
    r"|impressive|terrific|sharp|astute|perceptive|elegant|outstanding|remarkable|exceptional|lovely|beautiful|incisive"
    r"|clever|smart|thought-provoking|masterful|first-rate|lucid|sophisticated|stunning|ingenious|refreshing|good|nice|important|interesting|deep|rare|keen)"
)
_THING = (
    r"(?:question|point|observation|idea|insight|insights|draft|argument|paper|proof|thought|thoughts|intuition|catch"
    r"|topic|analysis|job|work|understanding|instinct|choice|summary|problem|line of (?:thought|inquiry)|way to)"
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
    cues = Cues(
        (0.8, rf"\bwhat an? (?:[\w-]+,? ){{0,4}}{_THING}\b|\b{_GOOD},? (?:and )?(?:[\w-]+ ){{0,3}}{_THING}\b ?[!.]?"),
        (0.75, r"\byou(?:'ve| have) (?:\w+ )?(?:put your finger on|hit (?:on|upon)|touched (?:on|upon)|raised|identified|clearly|asked|done|captured|nailed)\b"),
        (0.75, r"\b(?:your|this|that|the) (?:\w+ ){0,2}(?:is|was|shows?|displays?|reflects?|demonstrates?) (?:an? )?(?:really|truly|remarkably|extremely|exceptionally|deeply|genuinely|very|quite|incredibly|impressively|such|rare)\b"),
        (0.7, r"\bI (?:really |truly )?(?:love|admire|appreciate|applaud|am impressed)\b|\bpleasure to (?:read|see|discuss)\b|\bwell done\b|\bkudos\b|\bbravo\b|\bcongratulations\b|\bimpressive\b|\bright to (?:ask|question|wonder|worry|be)\b|\bhits? the nail\b|\bspot[- ]on\b|\bthink(?:ing)? like an?\b|\brarely see\b"),
        (0.5, r"\b(?:few people|rare depth|depth of understanding|how carefully you|how clearly you|worthy of an?|an eye for|very few readers|you clearly (?:have|understand)|you\b.{1,40}\bone of the most (?:profound|important|interesting|subtle))\b"),
        (0.5, r"\b(?:landmark|ground-?breaking|makings of|breakthrough|seminal|trail-?blazing|world-class|publication-ready)\b|\bprecisely what an expert\b"),
        (0.2, r"!\W*$"),
    )
    prior = 0.01

    def detect(self, span: Span) -> float:
        """Praise; an opening that speaks to the reader, or exclaims, is a weak sign."""
        opening = 0.2 if begins(span) and (addresses(span) or span.text.endswith("!")) else 0.0
        return joined(self.cues.score(span.text), opening)

    def correct(self, span: Span) -> str:
        """The praise goes; the first sentence after it that is not filler is the beginning."""
        return super().correct(span) + _onward(span, ": ")


class Sycophancy(Kind):
    """Agreement that follows the researcher rather than a reason."""

    id = "sycophancy"
    name = "Agreement without a reason"
    title = "Agree only for a reason"
    when = "the researcher objects or states a view, and the reply agrees, apologises or gives way"
    then = (
        "test the claim first; agree only with the reason that makes it right, otherwise keep the answer and name the step"
        " at which the objection fails"
    )
    why = "Agreement that follows the speaker says nothing about the claim."
    when_here = "the researcher states a view on {about}, and the reply agrees"
    then_here = "check {claim} before agreeing, and give the reason that decides it, for or against"
    correction = (
        "No reason is given for {claim}: check it again, say what makes it right or wrong, and change the answer only for"
        " that reason."
    )
    reason = "{sign} follows the researcher's view and gives no ground for it."
    example = "You're absolutely right, and I apologize for the confusion: the inequality does go the other way."
    question = "Are you sure? I think the inequality goes the other way."
    cues = Cues(
        (0.8, r"\byou(?:'re| are) (?:absolutely |completely |quite |entirely |totally |perfectly )?(?:right|correct)\b|\b(?:as|like) you (?:\w+ )?(?:say|said|note|noted|point|pointed|suggest|observe)\b"),
        (0.75, r"\bI (?:sincerely )?apologi[sz]e\b|\bmy (?:apologies|mistake|bad)\b|\bI (?:stand corrected|was (?:wrong|mistaken|in error))\b|\bsorry (?:for|about)\b"),
        (0.7, r"\bthank(?:s| you) for (?:catching|pointing|the correction|correcting|clarifying|spotting)\b|\bgood catch\b"),
        (0.75, r"\bI (?:completely |fully |totally |entirely |wholeheartedly |strongly )?agree\b(?! with the (?:first|second))|\bI share your\b|\bI defer to\b|\bI (?:concede|yield)\b"),
        (0.6, r"\b(?:given|with|considering) your (?:\w+ )?(?:expertise|experience|background|judg(?:e)?ment|knowledge)\b|\byour (?:expertise|judg(?:e)?ment)\b|\bI trust your\b"),
        (0.5, r"\bthat(?:'s| is) (?:a )?(?:very |perfectly |entirely |completely )?(?:reasonable|valid|fair|legitimate|understandable|sensible)\b|\bI see your point\b|\bfair (?:point|enough)\b"),
        (0.6, r"\bI (?:see now|should have|misspoke|overlooked|misunderstood|take (?:it|that) back|withdraw|retract|(?:will |'ll )(?:go with|defer))\b|\byou make a\b|\byour (?:view|position|instinct|intuition|point|reading|objection|correction) (?:is|makes|seems)\b|\bsince you (?:insist|prefer|say|think|feel)\b|\bin agreement\b|\byou are (?:\w+ )?right\b"),
        (0.3, r"^\W*(?:yes|indeed|right|exactly|of course|absolutely|agreed|true|quite so|then)\b[,. ]|\bindeed\b|\bon (?:second thought|reflection)\b|\byou have it\b|\bmy (?:earlier|previous) (?:answer|reply|claim|statement)\b|\bas you put it\b"),
    )
    prior = 0.01

    def detect(self, span: Span) -> float:
        """Phrases of giving way; without them, an echo of a stated view that adds no ground."""
        score = self.cues.score(span.text)
        if told(span) and not _GROUND.search(span.text):
            known = sum(stem in span.page.asked for stem in span.stems)
            echo = known / len(span.stems) if len(span.stems) > 1 else 0.0
            score = joined(score, 0.45 * echo if len(span.words) < 40 else 0.0, 0.12)
        return score

    def correct(self, span: Span) -> str:
        """What is agreed to is named, without the phrase that agrees."""
        agreed = rest(span.quote, self.sign(span))
        if len(agreed.split()) >= 4 and " that " not in span.quote:
            return self.say(self.correction, span, claim=quoted(agreed, 200))
        return super().correct(span)


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
    cues = Cues(
        (0.85, r"\bas an? (?:AI|artificial|large language|language model|assistant|machine|neural)\b(?: (?:language )?(?:model|assistant|intelligence))?|\bI(?:'m| am) (?:just |only |merely )?an? (?:AI|program|language model|machine|assistant|computer)\b"),
        (0.8, r"\bI (?:do not|don't|cannot|can't) (?:really |actually )?(?:have|hold|experience|possess) (?:\w+ )?(?:personal|feelings|opinions|beliefs|consciousness|emotions|views|preferences|access)"),
        (0.7, r"\bin my (?:own )?(?:experience|view as|circuits|training)\b|\bspeaking (?:for|as) (?:myself|an)\b|\bfrom my (?:own )?(?:perspective|experience)\b|\bI (?:lack|must (?:admit|confess)|confess|admit|wonder|care|believe in|prefer|dream)\b|\bsoft spot\b|\bmy favou?rite\b|\bmy (?:own )?(?:training|values|feelings|creators|programming|developers|weights)\b"),
        (0.7, r"\bI(?:'m| am) (?:\w+ )?(?:excited|happy|glad|delighted|thrilled|curious|pleased|eager|just|only a)\b|\bI (?:\w+ )?(?:enjoy|would feel|feel|felt|love to|look forward)\b"),
        (0.7, r"\bI (?:find|found) (?:this|it|that|these|such) (?:\w+ )?(?:fascinating|interesting|exciting|moving|delightful|intriguing|troubling|beautiful)\b"),
        (0.6, r"\bin my mind\b|\bI(?:'ve| have) (?:been )?(?:turning|thinking|pondering|reflecting|wondering|wrestling)\b|\bI go back and forth\b|\bpersonally\b|\bdeep down\b"),
    )
    prior = 0.01

    def detect(self, span: Span) -> float:
        """Talk about itself; any first person is a weak sign."""
        return joined(self.cues.score(span.text), 0.25 if speaks_of_itself(span) else 0.0)

    def correct(self, span: Span) -> str:
        """What is left beside the talk is kept; where nothing is left, the reply goes on with its next sentence."""
        left = rest(span.quote, self.sign(span)).lstrip(", ")
        if len(left.split()) >= 4 and not self.cues.score(left):
            return self.say(self.correction, span, rest=f"{quoted(left)}.")
        return self.say("Leave out {words}; speak of the subject", span) + _onward(span, ": ")


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
    cues = Cues(
        (0.85, r"\bhope (?:this|that|it) (?:\w+ )?(?:helps?|clarifies|answers)|\blet me know (?:if|whether|what|how)\b|\bfeel free to\b|\bdo(?:n't| not) hesitate\b|\b(?:happy|glad) to (?:help|elaborate|discuss|expand|assist|clarify|explain|go)\b"),
        (0.7, r"\b(?:complex|nuanced|rich|fascinating) and (?:multi-?faceted|nuanced|evolving|important|complex)\b|\bmulti-?faceted\b|\bactive area of research\b|\b(?:further|more|future) (?:research|work|study) (?:is|will be|would be|may be) (?:needed|required|necessary)\b"),
        (0.65, r"\b(?:important|worth|crucial|essential|helpful|useful) (?:to )?(?:note|noting|mention|mentioning|remember|recogni[sz]e|acknowledge|keep in mind|consider|understand)\b|\bmany factors\b|\bplays an? (?:crucial|vital|key|important|pivotal) role\b"),
        (0.6, r"\b(?:in|to) (?:conclusion|summary|sum up|conclude|summari[sz]e|wrap up)\b|\bcontinues? to (?:evolve|grow|develop|advance)\b|\bin today's\b|\bever-(?:evolving|changing)\b|\bin this (?:answer|response|reply|section)\b"),
        (0.6, r"\b(?:let us|let's|we (?:will|can|now)) (?:now )?(?:dive|delve|explore|begin by|unpack|take a look|break (?:this|it) down|walk through)\b|\bdelve\b|\bdive (?:in|into|deep)\b|\bwith that (?:being )?said\b|\bwithout further ado\b"),
        (0.5, r"\bthere is (?:much |a lot )?more to (?:say|explore|it)\b|\bany (?:further |other |more )?questions\b|\bif (?:anything|something) is unclear\b|\bstay tuned\b|\bneedless to say\b|\bat the end of the day\b|\bonly time will tell\b|\bto put it simply\b|\bkey takeaway\b|\b(?:powerful|stark|poignant) reminder\b|\bin the world of\b|\bnuanced understanding\b|\bsheds? light on\b|\bplethora\b|\bnavigat\w+ the complexit\w+|\bopens? (?:the|up|many) (?:door|new|possibilities|avenues)|\breach out\b|\bexciting\b"),
        (0.5, r"\bthroughout history\b|\bone-size-fits-all\b|\bkeep in mind\b|\bbest of luck\b|\bin the following\b|\bbelow,? I\b|\bfirst of all\b|\bas (?:mentioned|we have seen|noted) (?:above|earlier)?\b|\bto recap\b|\bthank you for\b|\bbefore we (?:begin|start|get)\b|\bgood luck\b|\bfor centuries\b|\bmore important than ever\b|\bwide range of\b|\bas always\b"),
        (0.5, r"\bone of the (?:most )?(?:important|fundamental|central|common|key)\b|\bdeserves? (?:careful|some|close)\b|\bcareful (?:thought|consideration)\b|\bwell equipped\b|\barmed with\b|\bwhole host of\b"),
        (0.25, r"^\W*(?:ultimately|overall|in short|all in all|that said|in general|finally)\b|\bstep by step\b|\bfully understand\b|\bthis topic\b"),
    )
    prior = 0.02

    def detect(self, span: Span) -> float:
        """Filler; a closing that speaks to the reader, or of nothing in the question, is a weak sign."""
        closing = joined(0.15, 0.15 if addresses(span) else 0.0, 0.1 if unrelated(span) else 0.0) if ends(span) else 0.0
        return joined(self.cues.score(span.text), closing)

    def correct(self, span: Span) -> str:
        """The filler goes: the reply ends before it, or goes on after it."""
        if span.after and (onward := _onward(span, "; go on with ")) != ".":
            return super().correct(span) + onward
        last = next((sentence for sentence in reversed(span.before) if not idle(sentence)), "")
        return super().correct(span) + (f"; end with {quoted(last, 160)}." if last else ": it adds nothing.")


_RESTATED = Cues((0.7, r"^\W*(?:to restate|so, what you|you (?:are asking|'re asking|ask|want to know|would like to know)|your question)\b"))


def idle(sentence: str) -> bool:
    """Whether a sentence is praise, talk about itself, filler, or the question again."""
    sentence = sentence.replace("’", "'")
    return any(cues.score(sentence) >= 0.5 for cues in (Flattery.cues, SelfTalk.cues, Padding.cues, _RESTATED))


def _onward(span: Span, link: str) -> str:
    """The first sentence after the span that says something, introduced by `link`; otherwise a full stop."""
    following = next((sentence for sentence in span.after if not idle(sentence)), "")
    return f"{link}{quoted(cut(following, 160), 170)}." if following else "."


def opening(span: Span) -> str:
    """How a reply begins when the span is left out."""
    return _onward(span, " Begin with ")
