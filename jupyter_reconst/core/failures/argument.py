"""Kinds about the argument: a metaphor in its place, or a step that is only asserted."""

from __future__ import annotations

from jupyter_reconst.core.failures.kind import Cues, Kind, joined
from jupyter_reconst.core.failures.shape import REASON, asks_proof, asks_why
from jupyter_reconst.core.failures.span import Span


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
        (
            0.6,
            r"\b(?:intuitively|in spirit|at (?:its|the) (?:core|heart)|in essence|at heart"
            r"|on a deep(?:er)? level|in a (?:very )?real sense|somehow)\b",
        ),
        (
            0.55,
            r"\b(?:just |simply )?(?:feels?|felt) (?:like|right|wrong|natural|simpler|as if|more)\b|\b(?:a|its"
            r"|their|some) (?:sense|feeling|spirit|soul|essence) of\b",
        ),
        (
            0.6,
            r"\b(?:tapestry|dance|symphony|mirror|fabric|dream|harmony|soul|heartbeat|whisper|echo(?:es)?"
            r"|testament to|cornerstone|beacon|realm|breath\w*|bridge between|thread)\b",
        ),
        (
            0.6,
            r"\b(?:delicate|fine|right|careful|perfect|healthy) balance\b|\bstrikes? a\b|\binterplay\b"
            r"|\bgoes hand in hand\b|\btwo sides of the same\b",
        ),
        (
            0.5,
            r"\b(?:deep|profound|beautiful|rich|subtle|intimate|natural"
            r"|fundamental) (?:and \w+ )?(?:connection|link|insight|truth|relationship|structure|analogy"
            r"|affinity)|\bdeeply (?:connected|linked|related|intertwined)",
        ),
        (
            0.4,
            r"\bnaturally (?:flows?|leads?|gives?|emerges?|follows?|arises?|tends?)\b|\bflows? (?:from"
            r"|through)\b|\b(?:truly|genuinely|really) (?:cares?|wants?|understands?|sees?|knows?)\b"
            r"|\bthe way (?:a|an|that)\b|\b(?:live|lives) in\b|\btalk to each other\b|\bhands? (?:it"
            r"|them) (?:on|to)\b|\bit (?:just )?makes sense\b|\bstands to reason\b",
        ),
        (
            0.5,
            r"\b(?:network|model|dynamics|gradient|system|algorithm|electron|gene|market|data|it"
            r"|they) (?:really |simply )?(?:wants?|knows?|senses?|feels?|likes?|seeks?|yearns?|longs?"
            r"|sees?) (?:to|its|their|the|that)\b",
        ),
        (
            0.35,
            r"\b(?:sense|feel) (?:its|their|his|her) way\b|\bfall into\b|\bspeaks to\b|\bresonates?\b"
            r"|\bhumility|\bat play\b|\bjourney\b|\blives\b.{0,20}\bwithout it\b",
        ),
        (
            0.45,
            r"\b(?:like a (?:river|garden|parent|child|mirror|bridge|compass|magnet|web)|glue|immune system"
            r"|north star|compass|gravity|weaves?|woven|backbone|lens|ladder|engine of|dna of|lifeblood"
            r"|ripples?|blossoms?|in tune|alive|only natural|we all know|just is|magic)\b",
        ),
        (
            0.25,
            r"\b(?:think of it as|imagine|picture|a kind of|like a|as if|in its own|beautiful|elegant|profound"
            r"|truly|rich)\b",
        ),
    )
    leads = True
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
    then_here = "rather than call the step easy, derive {claim} line by line, or call it open"
    correction = "This step is missing: derive {claim} from what has been established, or say that the step is open."
    reason = "{sign} stands where the step should be."
    example = r"It is easy to see that the expected cost of the $q$-quantilizer is at most $c/q$."
    cues = Cues(
        (
            0.75,
            r"\b(?:easy|easily|straightforward|simple|trivial|immediate|not hard"
            r"|not difficult) (?:to )?(?:be )?(?:see|seen|show|shown|verify|verified|check|checked|prove"
            r"|deduce|that)\b",
        ),
        (
            0.6,
            r"^\W{0,8}(?:clearly|obviously|trivially|evidently|plainly|of course|naturally)\b|\b(?:it is"
            r"|is) (?:clear|obvious|evident|trivial|immediate)\b|, (?:clearly|obviously|trivially)\b",
        ),
        (
            0.7,
            r"\b(?:routine|standard|straightforward|direct|similar|simple|short|elementary|usual|analogous"
            r"|lengthy) (?:\w+ )?(?:calculation|computation|argument|manipulation|reasoning|technique|estimate"
            r"|proof|algebra|bound|trick|lemma|fact)s?\b",
        ),
        (
            0.7,
            r"\bleft (?:to the reader|as an exercise)\b|\bdetails (?:are )?(?:omitted|skipped|left)\b"
            r"|\bwe omit\b|\bremaining cases?\b|\bthe rest (?:is|follows)\b",
        ),
        (
            0.65,
            r"\bafter (?:some|a little|a bit of|a few lines of) (?:\w+ )?(?:algebra|work|manipulation"
            r"|calculation|rearrang\w+)\b|\bone (?:can )?(?:easily )?(?:obtains|shows|checks|verif\w+|finds"
            r"|sees)\b",
        ),
        (
            0.6,
            r"\b(?:follows|holds|results) (?:\w+ )?(?:immediately|directly|trivially|easily|at once|readily)\b"
            r"|\b(?:is|be|are) (?:seen|checked|verified|shown|obtained) (?:at once|directly|immediately|easily"
            r"|by)\b|\bby inspection\b|\bis a consequence of\b|\bfollows from (?:the )?(?:usual|standard|known"
            r"|general)\b|\b(?:immediately|readily) (?:follows|gives|yields)\b",
        ),
        (
            0.4,
            r"\b(?:completes|concludes) the proof\b|\b(?:similarly|likewise|by symmetry|in the same way"
            r"|analogously|as before|as well)\b|\bthen gives the (?:desired|claimed|required)\b"
            r"|\bdesired (?:bound|result|claim|inequality)\b",
        ),
        (
            0.5,
            r"\bcan (?:\w+ )?be (?:shown|proved|verified|checked|seen)\b|\bthe same (?:\w+ )?(?:argument|way"
            r"|proof|reasoning)\b|\bit turns out\b|\b(?:rearranging|simplifying|expanding|combining (?:these"
            r"|everything)|putting (?:this|it all|everything) together)\b|\bas (?:required|desired|claimed"
            r"|needed)\b|\bno (?:\w+ )?difficulty\b|\bextends (?:easily|directly|without)\b",
        ),
        (0.25, r"^\W{0,8}(?:hence|thus|therefore|so|it follows that|then)\b"),
    )
    leads = True
    prior = 0.03
    absent = True

    def detect(self, span: Span) -> float:
        """Stock phrases; a question for a proof strengthens them."""
        score = self.cues.score(span.text)
        if not asks_proof(span):
            return score
        return joined(score, 0.2) if score >= 0.2 else 0.0 if REASON.search(span.text) else max(score, 0.15)
