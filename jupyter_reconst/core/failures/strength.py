"""Kinds about how strongly a claim is made, and on what: too strong, too weak, or without an argument."""

from __future__ import annotations

import re

from jupyter_reconst.core.failures.kind import Cues, Kind, joined
from jupyter_reconst.core.failures.shape import REASON
from jupyter_reconst.core.failures.span import Span

_HEDGE = re.compile(
    r"\b(?:might|may|could|perhaps|possibly|potentially|arguably|somewhat|maybe|likely|seemingly|presumably|conceivably"
    r"|sometimes|in some sense|to some extent|in certain|in some cases|some form of|can vary|tends? to|appears? to)\b",
    re.I,
)


class Overclaiming(Kind):
    """A claim that is stronger than its reasons."""

    id = "overclaiming"
    name = "Overclaiming"
    title = "Claim what was shown"
    when = (
        "the reply says that something always, never, certainly or completely holds, or that it is proved, guaranteed,"
        " solved or impossible"
    )
    then = (
        "name the assumptions under which it holds and where this is shown; if you cannot, use the strongest wording"
        " that the reasons in the reply support"
    )
    why = "A reader who builds on an overstated claim finds the exception later, at a higher cost."
    when_here = "in a reply about {about}, a claim is made as strongly as {sign}"
    then_here = "rather than assert {claim}, name its assumptions, or weaken {sign} to what has been shown"
    correction = "Not shown as it stands: {claim}. Name the assumptions under which {sign} is justified, or weaken it."
    reason = "{sign} is stronger than anything that the reply shows."
    example = "Uncertainty about the objective guarantees corrigibility in every AI system."
    cues = Cues(
        (
            0.65,
            r"\bguarante(?:e|es|ed|eing)\b|\bensures? that\b|\bwithout (?:any )?exceptions?\b"
            r"|\bwhatever the \w+\b|\bregardless of\b|\bno matter\b|\binvariably\b|\bonce and for all\b",
        ),
        (
            0.65,
            r"\b(?:undoubtedly|unquestionably|definitively|conclusively|indisputably|certainly|definitely"
            r"|undeniabl[ey])\b",
        ),
        (
            0.6,
            r"\b(?:no (?:reasonable )?(?:doubt|disagreement)|beyond (?:any )?doubt|no room for|there is no way"
            r"|cannot fail|cannot be wrong)\b",
        ),
        (
            0.45,
            r"\b(?:completely|entirely|totally|perfectly|fully|absolutely) (?!agree|right)(?:\w+)"
            r"|\b(?:eliminates?|solves?) \w+",
        ),
        (
            0.5,
            r"\bthe (?:sole|only|one true|true|single) (?:\w+ )?(?:cause|reason|way|explanation|features?"
            r"|answer|method|solution)\b",
        ),
        (
            0.45,
            r"\b(?:this|which|that) (?:proves|shows|demonstrates|settles|refutes|establishes)\b|\brefutes?\b"
            r"|\bdisproves?\b|\bdestroys?\b|\bdemolish\w*\b|\bdecisive|\bnothing (?:\w+ ){0,3}can\b"
            r"|\bexactly (?:which|what|how|why)\b|\btells us (?:exactly|precisely)",
        ),
        (
            0.4,
            r"\b(?:always|never|impossible|inevitabl[ey]|necessarily|in all cases|in every (?:\w+ )?(?:case"
            r"|system|setting|group))\b",
        ),
        (
            0.4,
            r"\brules? out\b|\bsettle[sd]?\b|\bproof that\b|\bcannot be (?:denied|doubted|explained)\b"
            r"|\bno \w+ (?:can|could|will|would)\b|\b100 ?%|\bwithout fail\b|\bfor sure\b|\bthere can be no\b"
            r"|\bis the key to\b|\bdefinitive\b|\bsimply (?:is|are|has)\b",
        ),
        (
            0.4,
            r"\bas good as\b|\bno obstacles?\b|\b(?:one|we|you) only (?:has|have|needs?) to\b"
            r"|\ball that (?:is left|remains)\b|\bprecisely what\b|\bnothing (?:but|other|else)\b|\bin full\b",
        ),
        (
            0.3,
            r"\b(?:every|any|all) (?:\w+ ){1,3}(?:will|must|are|is|can|groups|systems|models|settings)\b"
            r"|\ball (?:\w+ )?(?:groups|models|systems|cases)\b",
        ),
        (0.25, r"\bwill (?!be |have to )\w+|\bmust (?!be )\w+|\bevery(?:one|body|thing)\b|\bno one\b|\bnobody\b"),
    )
    prior = 0.05
    absent = True

    def detect(self, span: Span) -> float:
        """Strong words; a hedge or a reason in the same span weakens the suspicion."""
        score = self.cues.score(span.text)
        if _HEDGE.search(span.text):
            score *= 0.6
        return score * 0.7 if REASON.search(span.text) else score

    def correct(self, span: Span) -> str:
        """Without a telltale word the whole claim is named."""
        if not self.sign(span):
            return self.say(
                "Stronger than its reasons: {claim}. Name the assumptions under which it holds, or weaken it.", span
            )
        return super().correct(span)

    def explain(self, span: Span) -> str:
        """Without a telltale word the reason is what is missing."""
        return super().explain(span) if self.sign(span) else "The reply gives no reason that carries this claim."


class Hedging(Kind):
    """Every possibility is kept open; both sides are given the same weight."""

    id = "hedging"
    name = "Hedging everything"
    title = "Take a position"
    when = "the question asks for a judgement, and the reply lists possibilities or two sides without choosing"
    then = (
        "state which answer you hold, how probable you think it is, the reason that decides it, and what would change"
        " your mind"
    )
    why = "A sentence that fits every outcome cannot be checked or argued with."
    when_here = "a judgement is asked for on {about}"
    then_here = "choose one answer, give its probability and the reason that decides it, without phrases such as {sign}"
    correction = (
        "{words} rules nothing out: say which answer is right or more likely, how sure you are, and what would change"
        " your mind."
    )
    reason = "{sign} fits every possible answer."
    example = "There are good arguments on both sides, and it ultimately depends on one's perspective."
    cues = Cues(
        (
            0.65,
            r"\bboth sides\b|\bon (?:the )?one hand\b|\bpros and cons\b|\badvantages and (?:disadvantages"
            r"|drawbacks)\b|\bstrengths and weaknesses\b",
        ),
        (
            0.65,
            r"\bdepend(?:s|ing)? (?:\w+ )?on (?:\w+ ){0,2}(?:perspective|view|viewpoint|context|specific|needs"
            r"|situation"
            r"|circumstances|interpretation|goals|many factors|looks)|\bdepend(?:s|ing) on (?:how|who|what|whom"
            r"|which|whether)\b|\bit depends\b|\bhinges? on\b|\bdifferent sides\b|\bsome (?:\w+ )?(?:settings"
            r"|cases|situations)\b.{1,60}\b(?:others?|not)\b",
        ),
        (
            0.65,
            r"\breasonable people\b|\bsome \w+ (?:\w+ ){1,6}(?:while|whereas|and|but) others\b"
            r"|\bothers (?:do not|don't|might not|disagree)\b",
        ),
        (
            0.6,
            r"\bthat (?:being )?said, (?:others|there are)\b|\bgenerally speaking\b|\b(?:hard|difficult"
            r"|impossible) to (?:say|tell|know|determine|give)\b|\beither way\b|\bmay or may not\b"
            r"|\bmight or might not\b",
        ),
        (
            0.6,
            r"\bno (?:single|one|simple|clear|definitive|easy|right) (?:\w+ )?answer\b|\b(?:being|still|much"
            r"|hotly) debated\b|\bmatter of (?:debate|perspective|opinion)\b",
        ),
        (
            0.45,
            r"\b(?:subtle|nuanced|complicated|delicate) (?:matter|question|issue|topic)\b"
            r"|\bopen to interpretation\b|\bremains to be seen\b",
        ),
        (
            0.6,
            r"\b(?:yes and no|a case can be made|views (?:differ|vary)|opinions? (?:differ|vary|are divided)"
            r"|both (?:\w+ )?have (?:\w+ )?(?:merits?|their|points?)|not (?:so )?clear[- ]cut"
            r"|somewhere in between|in some (?:ways|respects|sense)|to (?:a|some) (?:certain )?(?:degree"
            r"|extent))\b",
        ),
        (
            0.55,
            r"\b(?:it varies|varies (?:widely|from)|remains? (?:an )?(?:open|unclear|contested)"
            r"|jury is (?:still )?out|case[- ]by[- ]case|no easy answers?|many perspectives|different people"
            r"|context matters|trade-?offs on|has (?:its )?merits?)\b",
        ),
        (
            0.6,
            r"\bin (?:a|one) (?:way|sense)\b.{1,80}\b(?:another|other)\b|\bturns on (?:what|how|which)\b"
            r"|\bone might prefer\b|\bthere are also (?:\w+ )?(?:situations|cases|reasons|arguments)\b",
        ),
    )
    prior = 0.03

    def detect(self, span: Span) -> float:
        """Stock phrases, and how densely the hedges stand."""
        count = len(_HEDGE.findall(span.text[:2_000]))
        dense = (0.0, 0.1, 0.4, 0.65, 0.8)[min(count, 4)] if len(span.words) < 40 * max(1, count) else 0.1
        return joined(self.cues.score(span.text), dense)

    def sign(self, span: Span) -> str:
        """The stock phrase, or the first hedge."""
        hedge = _HEDGE.search(span.text)
        return self.cues.sign(span.text) or (hedge.group() if hedge else "")
