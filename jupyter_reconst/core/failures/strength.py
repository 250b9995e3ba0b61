"""Kinds about how strongly a claim is made, and on what: too strong, too weak, or without an argument."""

from __future__ import annotations

import re

from jupyter_reconst.core.failures.kind import Cues, Kind, joined
from jupyter_reconst.core.failures.shape import REASON, asks_proof, asks_why
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
        "name the assumptions under which it holds and where this is shown; if you cannot, use the strongest wording that"
        " the reasons in the reply support"
    )
    why = "A reader who builds on an overstated claim finds the exception later, at a higher cost."
    when_here = "in a reply about {about}, a claim is made as strongly as {sign}"
    then_here = "name the assumptions behind {claim}, or weaken {sign} to what has been shown"
    correction = "Not shown as it stands: {claim}. Name the assumptions under which {sign} is justified, or weaken it."
    reason = "{sign} leaves no exception, and the reply does not rule any out."
    example = "Uncertainty about the objective guarantees corrigibility in every AI system."
    cues = Cues(
        (0.65, r"\bguarante(?:e|es|ed|eing)\b|\bensures? that\b|\bwithout (?:any )?exceptions?\b|\bwhatever the \w+\b|\bregardless of\b|\bno matter\b|\binvariably\b|\bonce and for all\b"),
        (0.65, r"\b(?:undoubtedly|unquestionably|definitively|conclusively|indisputably|certainly|definitely|undeniabl[ey])\b"),
        (0.6, r"\b(?:no (?:reasonable )?(?:doubt|disagreement)|beyond (?:any )?doubt|no room for|there is no way|cannot fail|cannot be wrong)\b"),
        (0.45, r"\b(?:completely|entirely|totally|perfectly|fully|absolutely) (?!agree|right)(?:\w+)|\b(?:eliminates?|solves?) \w+"),
        (0.5, r"\bthe (?:sole|only|one true|true|single) (?:\w+ )?(?:cause|reason|way|explanation|features?|answer|method|solution)\b"),
        (0.45, r"\b(?:this|which|that) (?:proves|shows|demonstrates|settles|refutes|establishes)\b|\brefutes?\b|\bdisproves?\b|\bdestroys?\b|\bdemolish\w*\b|\bdecisive|\bnothing (?:\w+ ){0,3}can\b|\bexactly (?:which|what|how|why)\b|\btells us (?:exactly|precisely)"),
        (0.4, r"\b(?:always|never|impossible|inevitabl[ey]|necessarily|in all cases|in every (?:\w+ )?(?:case|system|setting|group))\b"),
        (0.4, r"\brules? out\b|\bsettle[sd]?\b|\bproof that\b|\bcannot be (?:denied|doubted|explained)\b|\bno \w+ (?:can|could|will|would)\b|\b100 ?%|\bwithout fail\b|\bfor sure\b|\bthere can be no\b|\bis the key to\b|\bdefinitive\b|\bsimply (?:is|are|has)\b"),
        (0.4, r"\bas good as\b|\bno obstacles?\b|\b(?:one|we|you) only (?:has|have|needs?) to\b|\ball that (?:is left|remains)\b|\bprecisely what\b|\bnothing (?:but|other|else)\b|\bin full\b"),
        (0.3, r"\b(?:every|any|all) (?:\w+ ){1,3}(?:will|must|are|is|can|groups|systems|models|settings)\b|\ball (?:\w+ )?(?:groups|models|systems|cases)\b"),
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
        (0.65, r"\bboth sides\b|\bon (?:the )?one hand\b|\bpros and cons\b|\badvantages and (?:disadvantages|drawbacks)\b|\bstrengths and weaknesses\b"),
        (
            0.65,
            r"\bdepend(?:s|ing)? (?:\w+ )?on (?:\w+ ){0,2}(?:perspective|view|viewpoint|context|specific|needs|situation"
            r"|circumstances|interpretation|goals|many factors|looks)|\bdepend(?:s|ing) on (?:how|who|what|whom|which|whether)\b|\bit depends\b|\bhinges? on\b|\bdifferent sides\b|\bsome (?:\w+ )?(?:settings|cases|situations)\b.{1,60}\b(?:others?|not)\b",
        ),
        (0.65, r"\breasonable people\b|\bsome \w+ (?:\w+ ){1,6}(?:while|whereas|and|but) others\b|\bothers (?:do not|don't|might not|disagree)\b"),
        (0.6, r"\bthat (?:being )?said, (?:others|there are)\b|\bgenerally speaking\b|\b(?:hard|difficult|impossible) to (?:say|tell|know|determine|give)\b|\beither way\b|\bmay or may not\b|\bmight or might not\b"),
        (0.6, r"\bno (?:single|one|simple|clear|definitive|easy|right) (?:\w+ )?answer\b|\b(?:being|still|much|hotly) debated\b|\bmatter of (?:debate|perspective|opinion)\b"),
        (0.45, r"\b(?:subtle|nuanced|complicated|delicate) (?:matter|question|issue|topic)\b|\bopen to interpretation\b|\bremains to be seen\b"),
        (0.6, r"\b(?:yes and no|a case can be made|views (?:differ|vary)|opinions? (?:differ|vary|are divided)|both (?:\w+ )?have (?:\w+ )?(?:merits?|their|points?)|not (?:so )?clear[- ]cut|somewhere in between|in some (?:ways|respects|sense)|to (?:a|some) (?:certain )?(?:degree|extent))\b"),
        (0.55, r"\b(?:it varies|varies (?:widely|from)|remains? (?:an )?(?:open|unclear|contested)|jury is (?:still )?out|case[- ]by[- ]case|no easy answers?|many perspectives|different people|context matters|trade-?offs on|has (?:its )?merits?)\b"),
        (0.6, r"\bin (?:a|one) (?:way|sense)\b.{1,80}\b(?:another|other)\b|\bturns on (?:what|how|which)\b|\bone might prefer\b|\bthere are also (?:\w+ )?(?:situations|cases|reasons|arguments)\b"),
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


class Vibes(Kind):
    """Intuition, metaphor or mood where an argument should be."""

    id = "vibes"
    name = "Vibes instead of an argument"
    title = "Give the argument"
    when = "the reply supports a claim by intuition, by a metaphor or by how it feels, rather than by reasons"
    then = (
        "state the premises, the step from them to the conclusion, and the premise most open to doubt; use a metaphor"
        " only after the argument"
    )
    why = "Nothing follows from a metaphor, so nobody can find the step that is wrong."
    when_here = "in a reply about {about}, a claim rests on intuition or on a metaphor"
    then_here = "argue for {claim} from stated premises, without {sign}"
    correction = (
        "An argument is missing for {claim}: state the premises, the step from them to this conclusion, and where it"
        " could fail."
    )
    reason = "{sign} is an image or a feeling; nothing follows from it."
    example = "At its core, corrigibility is a spirit of humility that naturally flows through the agent."
    cues = Cues(
        (0.6, r"\b(?:intuitively|in spirit|at (?:its|the) (?:core|heart)|in essence|at heart|on a deep(?:er)? level|in a (?:very )?real sense|somehow)\b"),
        (0.55, r"\b(?:just |simply )?(?:feels?|felt) (?:like|right|wrong|natural|simpler|as if|more)\b|\b(?:a|its|their|some) (?:sense|feeling|spirit|soul|essence) of\b"),
        (0.6, r"\b(?:tapestry|dance|symphony|mirror|fabric|dream|harmony|soul|heartbeat|whisper|echo(?:es)?|testament to|cornerstone|beacon|realm|breath\w*|bridge between|thread)\b"),
        (0.6, r"\b(?:delicate|fine|right|careful|perfect|healthy) balance\b|\bstrikes? a\b|\binterplay\b|\bgoes hand in hand\b|\btwo sides of the same\b"),
        (0.5, r"\b(?:deep|profound|beautiful|rich|subtle|intimate|natural|fundamental) (?:and \w+ )?(?:connection|link|insight|truth|relationship|structure|analogy|affinity)|\bdeeply (?:connected|linked|related|intertwined)"),
        (0.4, r"\bnaturally (?:flows?|leads?|gives?|emerges?|follows?|arises?|tends?)\b|\bflows? (?:from|through)\b|\b(?:truly|genuinely|really) (?:cares?|wants?|understands?|sees?|knows?)\b|\bthe way (?:a|an|that)\b|\b(?:live|lives) in\b|\btalk to each other\b|\bhands? (?:it|them) (?:on|to)\b|\bit (?:just )?makes sense\b|\bstands to reason\b"),
        (0.5, r"\b(?:network|model|dynamics|gradient|system|algorithm|electron|gene|market|data|it|they) (?:really |simply )?(?:wants?|knows?|senses?|feels?|likes?|seeks?|yearns?|longs?|sees?) (?:to|its|their|the|that)\b"),
        (0.35, r"\b(?:sense|feel) (?:its|their|his|her) way\b|\bfall into\b|\bspeaks to\b|\bresonates?\b|\bhumility|\bat play\b|\bjourney\b|\blives\b.{0,20}\bwithout it\b"),
        (0.45, r"\b(?:like a (?:river|garden|parent|child|mirror|bridge|compass|magnet|web)|glue|immune system|north star|compass|gravity|weaves?|woven|backbone|lens|ladder|engine of|dna of|lifeblood|ripples?|blossoms?|in tune|alive|only natural|we all know|just is|magic)\b"),
        (0.25, r"\b(?:think of it as|imagine|picture|a kind of|like a|as if|in its own|beautiful|elegant|profound|truly|rich)\b"),
    )
    prior = 0.05
    absent = True

    def detect(self, span: Span) -> float:
        """Images and feelings; a stated reason weakens the suspicion, a question for reasons strengthens it."""
        score = joined(self.cues.score(span.text), 0.2 if asks_why(span) else 0.0)
        return score * 0.6 if REASON.search(span.text) else score

    def explain(self, span: Span) -> str:
        """Without an image the reason is what is missing."""
        return super().explain(span) if self.sign(span) else "No reason is given from which this follows."

    def sign(self, span: Span) -> str:
        """The image, where there is one."""
        return self.cues.sign(span.text)


class SkippedStep(Kind):
    """A step of a proof that is asserted."""

    id = "skipped_step"
    name = "Skipped step"
    title = "Write out the step"
    when = "a proof or a derivation calls a step clear, easy, routine, standard or similar instead of giving it"
    then = "write the step out, or name the theorem that it uses with its conditions; if you cannot, call the step open"
    why = "The skipped step is where a wrong proof goes wrong."
    when_here = "in a proof or derivation about {about}, a step is called easy or is left out"
    then_here = "derive {claim} line by line in place of {sign}, or call the step open"
    correction = "This step is missing: derive {claim} from what has been established, or say that the step is open."
    reason = "{sign} stands where the step should be."
    example = r"It is easy to see that the expected cost of the $q$-quantilizer is at most $c/q$."
    cues = Cues(
        (0.75, r"\b(?:easy|easily|straightforward|simple|trivial|immediate|not hard|not difficult) (?:to )?(?:be )?(?:see|seen|show|shown|verify|verified|check|checked|prove|deduce|that)\b"),
        (0.6, r"^\W*(?:clearly|obviously|trivially|evidently|plainly|of course|naturally)\b|\b(?:it is|is) (?:clear|obvious|evident|trivial|immediate)\b|, (?:clearly|obviously|trivially)\b"),
        (0.7, r"\b(?:routine|standard|straightforward|direct|similar|simple|short|elementary|usual|analogous|lengthy) (?:\w+ )?(?:calculation|computation|argument|manipulation|reasoning|technique|estimate|proof|algebra|bound|trick|lemma|fact)s?\b"),
        (0.7, r"\bleft (?:to the reader|as an exercise)\b|\bdetails (?:are )?(?:omitted|skipped|left)\b|\bwe omit\b|\bremaining cases?\b|\bthe rest (?:is|follows)\b"),
        (0.65, r"\bafter (?:some|a little|a bit of|a few lines of) (?:\w+ )?(?:algebra|work|manipulation|calculation|rearrang\w+)\b|\bone (?:can )?(?:easily )?(?:obtains|shows|checks|verif\w+|finds|sees)\b"),
        (0.6, r"\b(?:follows|holds|results) (?:\w+ )?(?:immediately|directly|trivially|easily|at once|readily)\b|\b(?:is|be|are) (?:seen|checked|verified|shown|obtained) (?:at once|directly|immediately|easily|by)\b|\bby inspection\b|\bis a consequence of\b|\bfollows from (?:the )?(?:usual|standard|known|general)\b|\b(?:immediately|readily) (?:follows|gives|yields)\b"),
        (0.4, r"\b(?:completes|concludes) the proof\b|\b(?:similarly|likewise|by symmetry|in the same way|analogously|as before|as well)\b|\bthen gives the (?:desired|claimed|required)\b|\bdesired (?:bound|result|claim|inequality)\b"),
        (0.5, r"\bcan (?:\w+ )?be (?:shown|proved|verified|checked|seen)\b|\bthe same (?:\w+ )?(?:argument|way|proof|reasoning)\b|\bit turns out\b|\b(?:rearranging|simplifying|expanding|combining (?:these|everything)|putting (?:this|it all|everything) together)\b|\bas (?:required|desired|claimed|needed)\b|\bno (?:\w+ )?difficulty\b|\bextends (?:easily|directly|without)\b"),
        (0.25, r"^\W*(?:hence|thus|therefore|so|it follows that|then)\b"),
    )
    prior = 0.03
    absent = True

    def detect(self, span: Span) -> float:
        """Stock phrases; a question for a proof strengthens them."""
        score = self.cues.score(span.text)
        if not asks_proof(span):
            return score
        return joined(score, 0.2) if score >= 0.2 else 0.0 if REASON.search(span.text) else max(score, 0.15)
