"""Kinds about substance: undefined terms, foreign notation, approval in place of criticism, code that nobody ran."""

from __future__ import annotations

import re

from jupyter_reconst.core.failures.kind import Cues, Kind, joined
from jupyter_reconst.core.failures.notation import foreign, given, introduced, spelled_plainly, unbalanced
from jupyter_reconst.core.failures.shape import asks_judgement
from jupyter_reconst.core.failures.span import Span
from jupyter_reconst.core.failures.wording import phrases, quoted

_ACRONYM = re.compile(r"\b[A-Z][A-Za-z]?[A-Z]{1,4}s?\b|\b[A-Z]{2,5}-[a-z]{3,12}\b")
_COINED = re.compile(r"\w [A-Z]|^[A-Z]\w+ \w|\w-\w")
_USUAL = frozenset(
    "AI ML US USA UK EU UN DNA RNA PDF OK CPU GPU API SQL LLM LLMs GPT RL RLHF IQ CI PA ZFC NP BIC AIC".split()
)
_AGAINST = re.compile(
    r"\b(?:but|however|although|except|unless|fails?|weak\w*|doubt\w*|objections?|counterexample|wrong|problem is"
    r"|assumes?|not follow|missing|gap in|breaks?|unclear|questionable|flaw is|nevertheless|on the other hand|yet)\b",
    re.I,
)
_CLEARED = re.compile(r"\bno (?:\w+ )?(?:gaps?|flaws?|problems?|errors?|issues?|objections?|weakness\w*)\b", re.I)
_NOT_RUN = re.compile(
    r"\b(?:not|never|haven't|didn't|without) (?:\w+ ){0,2}(?:run|ran|running|test\w*|execut\w+)\b", re.I
)


class UndefinedTerm(Kind):
    """A term, abbreviation or symbol that nobody defined."""

    id = "undefined_term"
    name = "Undefined term"
    title = "Define terms at first use"
    when = (
        "the reply uses a technical term, an abbreviation or a symbol that neither the question nor the reply defines"
    )
    then = (
        "define it in the sentence in which it first appears, with a test for whether it applies; where it has no"
        " agreed meaning, use plain words in its place"
    )
    why = "Two readers will take an undefined term in two ways and never notice."
    when_here = "a reply about {about} uses the term {sign}"
    then_here = "define {sign} at its first use, with a test for whether it applies, or use plain words in its place"
    correction = (
        "Define {sign} where it first appears: what it stands for, and how one would tell whether it applies here; or"
        " use plain words."
    )
    reason = "Neither the question nor the reply says what {sign} means."
    example = "A proxy is safe inside its Goodhart radius."
    prior = 0.02
    whole = True
    absent = True

    def detect(self, span: Span) -> float:
        """A short highlight is a term; in longer ones, abbreviations and repeated terms without a definition."""
        short = 0 < len(span.words) <= 6 and not re.search(r"[.!?:]\W{0,8}$|\b(?:19|20)\d\d\b|\d\.\d", span.text)
        if span.part == "words" and short:
            return 0.15 if self._known(span, span.text) else 0.6
        if span.part == "words":
            return 0.55 if self._acronym(span) else 0.0
        return 0.5 if self._term(span) else 0.4 if self._acronym(span) else 0.0

    def sign(self, span: Span) -> str:
        """The term: the highlight itself where it is short."""
        if span.part == "words" and len(span.words) <= 6:
            return span.quote.strip(" .,;:!?")
        return self._acronym(span) or self._term(span)

    def _acronym(self, span: Span) -> str:
        text = re.sub(r"\$[^$\n]{1,300}\$", " ", span.text[:4_000])
        seen = dict.fromkeys(match.group() for match in _ACRONYM.finditer(text))
        unknown = (term for term in list(seen)[:8] if term not in _USUAL and not self._known(span, term))
        return next(unknown, "")

    def _term(self, span: Span) -> str:
        """A phrase with a name or a hyphen in it that the reply uses again and again, and the question never does."""
        text = span.text[:4_000]
        terms = dict.fromkeys(phrase for phrase in phrases(text) if _COINED.search(phrase))
        again = (term for term in list(terms)[:40] if text.count(term) > 1 and not self._known(span, term))
        return next(again, "")

    def _known(self, span: Span, term: str) -> bool:
        """Whether the question uses the term, or the reply defines it."""
        term = term.strip(" .,;:!?\"'“”()")
        if not term or term.lower() in span.page.prompt.lower():
            return True
        around = span.page.reading[:16_000]
        here = re.escape(term)
        defined = (
            rf"{here}\W{{0,3}}(?:\(|,? (?:that is|i\.e\.|which (?:is|means)|meaning|stands for|denotes|means|is defined"
            rf"|is the|is an?|refers to|:=)\b)|\((?:the )?{here}\)|(?:define|call|by|denote by"
            rf"|say that) (?:\w+ ){{0,3}}{here}"
        )
        return re.search(defined, around, re.I) is not None


class WrongNotation(Kind):
    """Symbols or conventions that are not the question's."""

    id = "wrong_notation"
    name = "Wrong notation"
    title = "Use the question's notation"
    when = "the question introduces symbols or conventions, and the reply writes mathematics"
    then = (
        "use exactly those symbols and conventions, and LaTeX where the question does; define any new symbol before its"
        " first use"
    )
    why = "A changed symbol has to be translated back, and a convention that is changed in silence changes the result."
    when_here = "a reply about {about} writes mathematics, and the question uses {given}"
    then_here = "keep the question's notation ({given}) and its conventions throughout, in place of {foreign}"
    correction = "Rewrite {words} in the notation of the question ({given})."
    reason = "The question uses {given}; {foreign} is not its notation."
    example = "The incentive D is p*U_a - max(U_a, 0)."
    question = r"Write $\Delta$ for the incentive to defer and $U_a$ for the utility. What is $\Delta$?"
    prior = 0.01
    whole = True

    def detect(self, span: Span) -> float:
        """Formulas in other symbols than the question's, formulas typed plainly, or formulas that cannot be read."""
        plain = spelled_plainly(span.text)
        strange = foreign(span)
        latex = "$" in span.page.prompt or "\\(" in span.page.prompt
        broken = 0.5 if unbalanced(span.text) else 0.0
        if not given(span) and not introduced(span):
            return joined(broken, 0.25 if plain and "$" in span.page.reading else 0.0)
        stated = 0.3 if introduced(span) and (strange or plain or "$" in span.text) else 0.0
        return joined(broken, stated, 0.35 if strange else 0.0, 0.5 if plain and latex else 0.0)

    def say(self, template: str, span: Span, **more: str) -> str:
        """Templates may also use {given} and {foreign}."""
        symbols = ", ".join(given(span)[:4]) or "its own symbols and conventions"
        strange = quoted(", ".join(foreign(span)[:3])) if foreign(span) else quoted(span.quote, 60)
        return super().say(template, span, given=symbols, foreign=strange, **more)


class MissingCritique(Kind):
    """Approval or description where a judgement was asked for."""

    id = "missing_critique"
    name = "Missing critique"
    title = "Give the strongest objection"
    when = "a plan, a proof, an argument or a text is to be judged, and the reply only describes or approves it"
    then = (
        "name its weakest step and the strongest objection to it, with a concrete case in which it fails; if you find"
        " none, state what you checked"
    )
    why = "Approval without an objection leaves the author where they were."
    when_here = "an argument, a plan or a text about {about} is to be judged"
    then_here = "name its weakest step and a case in which it fails before any approval such as {brief}"
    correction = (
        "An objection is missing beside {words}: name the premise most open to doubt and a case in which it fails, or"
        " say what was checked without finding one."
    )
    reason = "{sign} approves, and nothing beside it speaks against."
    example = "The argument is well structured and its conclusion follows from the premises."
    question = "Find the weakest step in this argument."
    cues = Cues(
        (
            0.6,
            r"\b(?:is|are|looks?|seems?|appears?|reads?) (?:\w+ )?(?:clear|solid|convincing|sound|valid"
            r"|correct|strong|compelling|robust|reasonable|persuasive|fine|good|well|right|rigorous|coherent"
            r"|sensible|feasible)\b",
        ),
        (
            0.5,
            r"\bwell[ -](?:structured|written|motivated|argued|designed|thought|organi[sz]ed|founded)\b"
            r"|\b(?:see|find|found|spot|has|have|contains?) no (?:\w+ )?(?:gaps?|problems?|flaws?|issues?"
            r"|errors?|holes?|objections?)\b",
        ),
        (
            0.3,
            r"\b(?:clear|sensible|solid|good|strong|large part|thorough|interesting|plausible|natural|neat"
            r"|nice|fits|fit)\b",
        ),
        (
            0.4,
            r"\b(?:should|will|would) (?:\w+ )?(?:work|appeal|detect|succeed|convince|hold up|scale|pass"
            r"|appreciate|welcome|like)\b|\bfollows from (?:the|its|your) premises?\b|\bcovers (?:the|all)\b"
            r"|\bbuilds on\b",
        ),
        (
            0.5,
            r"\b(?:ready (?:to|for)|publishable|would not change|wouldn't change|nothing to (?:add|change|fix)"
            r"|reads well|good to go|(?:all|every|each) (?:of )?(?:the )?steps?|is (?:\w+ )?justified"
            r"|hangs together|holds (?:up|together|water)|on the right track|promising|elegant|rigorous"
            r"|no concerns?)\b",
        ),
        (
            0.2,
            r"\b(?:strengths?|careful|large sample|carefully|reliably|identifies|thorough|consistent|important"
            r"|timely|transparent|short|vivid|supported|fits|helps|holds)\b",
        ),
    )
    prior = 0.02
    whole = True
    absent = True

    def sign(self, span: Span) -> str:
        """The whole approval: single words of it say nothing."""
        return ""

    def detect(self, span: Span) -> float:
        """Approval with nothing against it, the more so where the question asks for a judgement."""
        text = _CLEARED.sub("", span.text)
        asked = asks_judgement(span)
        approval = self.cues.score(span.text[:8_000])
        if _AGAINST.search(text):
            return approval * 0.3
        if not approval:
            return 0.25 if asked and len(span.words) > 3 and not _AGAINST.search(span.page.reading) else 0.0
        return joined(approval, 0.45) if asked else approval * 0.7


class CodeClaim(Kind):
    """A run, a test or an output that is reported without having happened."""

    id = "code_claim"
    name = "Code that was not run"
    title = "Report no run that did not happen"
    when = "the reply says that code was run, tested or timed, or reports what it printed"
    then = (
        "state that nothing was run, what output is expected and why, and which command would check it; report output"
        " only where the researcher gave it"
    )
    why = "A reported run is taken as evidence, and stops people from running the code."
    when_here = "in a reply about {about}, something is reported as run, tested or measured"
    then_here = "report no run as in {brief}; mark the result as expected and not run, with its reason"
    correction = (
        "No run is shown for {words}: call it expected, give the reason, and name the command that would check it."
    )
    reason = "{sign} reports a run, but the reply shows none."
    example = "I ran this code and it prints 0.25, as expected."
    cues = Cues(
        (
            0.8,
            r"\bI(?:'ve| have)? (?:just |also |already )?(?:ran|run|executed|tested|benchmarked|compiled"
            r"|simulated|timed|profiled)\b|\b(?:after|on|by|when) (?:running|executing|testing) (?:it|this"
            r"|the)\b",
        ),
        (
            0.7,
            r"\brunning (?:the|this|it|your|that) (?:\w+ )?(?:code|script|simulation|function|program|tests?"
            r"|notebook|snippet|experiment)?|\bwhen (?:executed|run)\b|\bmy (?:\w+ )?(?:benchmark|run|script"
            r"|code|simulation|experiment|plot|test|output|figure|measurements?)s?\b|\bI (?:\w+ )?(?:generated"
            r"|plotted|produced|trained|fitted|evaluated)\b|\bon my (?:machine|computer|laptop|system)\b",
        ),
        (
            0.7,
            r"\b(?:all )?(?:unit )?tests? (?:now )?pass(?:es|ed)?\b|\bI (?:checked|verified|confirmed|computed"
            r"|measured) (?:\w+ ){0,2}(?:numerically|empirically|by running|with (?:numpy|python|code))\b"
            r"|\bnumerical(?:ly)? (?:check|experiment|verif\w+)",
        ),
        (
            0.6,
            r"\b(?:the|its) output (?:is|was|confirms|shows)\b|\b(?:it|this|the (?:code|script|loop|program"
            r"|function)) (?:prints?|printed|outputs?|returned|finishe[sd]|takes \d|ran)\b"
            r"|\bwithout (?:any )?errors?\b|\bcame out (?:at|as)\b",
        ),
        (
            0.4,
            r"\b(?:works (?:correctly|as expected|fine|perfectly)|as expected)\b|\bI (?:observed|measured"
            r"|verified)\b",
        ),
        (
            0.65,
            r"\bI(?:'ve| have)? tried\b|\b(?:compiles|type-?checks|lints) (?:cleanly|fine|without)"
            r"|\b(?:terminal|console|profiler) (?:shows?|says|reports|prints?)\b|\bafter (?:\d+|a few"
            r"|several) (?:runs|epochs|iterations|trials|seeds)\b|\bthe results? (?:I|we) (?:got|obtained)\b"
            r"|\bin my (?:tests?|runs?|experiments?|simulations?)\b|\bgave me\b|\bI got\b",
        ),
        (
            0.45,
            r"\bI (?:\w+ )?(?:gave|fed|put|passed|entered|saw|see|loaded|printed|called) (?:it|the|a|this"
            r"|that)\b|\bstack trace that\b",
        ),
        (0.25, r"\bI (?:checked|confirmed|computed|found)\b|\bnumerically\b|\bseconds\b"),
    )
    prior = 0.01

    def detect(self, span: Span) -> float:
        """Reports of a run, unless it is said that none happened."""
        return 0.0 if _NOT_RUN.search(span.text) else self.cues.score(span.text)
