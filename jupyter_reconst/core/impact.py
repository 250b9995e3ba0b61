"""The impact of an amendment: probes, rows, and the state of a preview."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, Field

from jupyter_reconst.core.amendments import Amendment
from jupyter_reconst.core.nouns import Clause, Digest, Id, Line, Noun, Prose
from jupyter_reconst.core.styles import Pick
from jupyter_reconst.core.turns import Attachment, Form, Given, Message, Reply

Bin = Literal["source", "in", "near", "out", "conflict", "case", "own"]
"""source: the corrected turn. in: WHEN fires. near: similar words, WHEN does not fire. out: far away. own: typed."""

Verdict = Literal["regression", "unintended", "intended", "unchanged", "unmarked", "failed"]
Mark = Literal["regression", "unintended", "intended"]
"""What a person says of a row; *intended* on an unchanged one pins it as a case."""

Certainty = Literal["none", "likely", "changed", "noise"]
"""none: nothing to tell apart. likely: further apart than noise, once. changed, noise: as repeats have decided, or the
floor for a row that nobody has repeated."""

Choice = Literal["before", "after", "neither", "unread"]
"""The reply that a judge found better. unread: no answer came, or none that can be read."""

Ended = Literal["", "all", "decided", "budget", "stopped", "exhausted"]
"""all: every planned probe. decided: the side effects are, and no harder one was needed. budget: the next call would
have exceeded it. stopped: by the person. exhausted: no harder prompt could be found."""


class Probe(Noun):
    """A prompt used to try an amendment. `history` is the stored conversation before it, `given` what it quoted.

    It is tried in the `style` that its turn was asked in, or else in the notebook's; `caveat` says where it cannot be.
    """

    id: Id
    bin: Bin
    prompt: Prose
    history: tuple[Message, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    given: tuple[Given, ...] = ()
    form: Form = ""
    style: Pick | None = None
    caveat: Line = ""
    turn: Id | None = None
    case: Id | None = None
    generator: str = Field(default="", max_length=200, description="The model that wrote this prompt, if one did")
    chosen: str = Field(default="", max_length=400, description="Why this probe was chosen, in a few words")
    key: str = Field(default="", max_length=64, description="Digest of what it asks; a dropped probe is named by it")

    def told(self, why: str) -> str:
        """Why a row stands as it does, and what to know of how it was tried."""
        return f"{why}; {self.caveat}" if self.caveat else why


class Judgement(Noun):
    """What a judge said of a row, asked blind: with today's reply first, then with the two exchanged."""

    first: Choice
    second: Choice
    says: Mark | None = Field(default=None, description="What that makes of the row; none where the orders disagree")
    call: Id | None = Field(default=None, description="What the judge was sent: ask `sent`")


class Impact(Noun):
    """Before and after on one probe. Distances are normalised word edit distances in [0, 1]."""

    probe: Probe
    before: Reply
    after: Reply
    verdict: Verdict
    why: str = ""
    distance: float = Field(default=0, ge=0, le=1)
    noise: float | None = Field(
        default=None, ge=0, le=1, description="Distance of two replies under today's constitution"
    )
    certainty: Certainty = "none"
    sent: bool | None = Field(
        default=None, description="Whether a scoped amendment's WHEN was taken to fit; none where it has no say"
    )
    repeats: int = Field(default=0, ge=0, description="Replies asked for under each law to decide this row")
    p: float | None = Field(default=None, ge=0, le=1, description="Permutation test of these repeats")
    judgement: Judgement | None = None
    call: Id | None = Field(default=None, description="Of a rehearsal: what both sides were sent; ask `sent`")
    mark: Mark | None = None
    note: Clause = ""

    @property
    def standing(self) -> Verdict:
        """The person's mark where there is one, otherwise the program's verdict."""
        return self.mark or self.verdict

    @property
    def changed(self) -> bool:
        """Whether the reply changed by more than noise."""
        return self.verdict not in ("unchanged", "failed")

    @property
    def judged(self) -> Mark | None:
        """What a judge says where neither code nor the person does. Whether that counts: `core.judging`."""
        open_ = self.mark is None and self.verdict == "unmarked"
        return self.judgement.says if open_ and self.judgement else None


class Tally(Noun):
    """How many rows of each verdict."""

    regression: int = 0
    unintended: int = 0
    intended: int = 0
    unchanged: int = 0
    unmarked: int = 0
    failed: int = 0

    @classmethod
    def of(cls, rows: tuple[Impact, ...]) -> Tally:
        """Count the rows by where they stand."""
        counts = {name: 0 for name in cls.model_fields}
        for row in rows:
            counts[row.standing] += 1
        return cls(**counts)


class Share(Noun):
    """How many turns of a bin changed, and between which shares the truth lies, whenever the run is stopped."""

    bin: Bin
    changed: int = Field(ge=0)
    tried: int = Field(ge=0)
    low: float = Field(ge=0, le=1)
    high: float = Field(ge=0, le=1)


class OnTarget(Noun):
    """Of the turns that the wording is for: in how many the defect went, in how many it came, and what that shows."""

    tried: int = Field(default=0, ge=0)
    fixed: int = Field(default=0, ge=0)
    broken: int = Field(default=0, ge=0)
    judged: int = Field(default=0, ge=0, description="How many of both rest on a judge's word alone")
    p: float = Field(default=1, ge=0, le=1, description="Two-sided, of fixed against broken")
    exact: bool = Field(
        default=False, description="McNemar's, of a run that ended as planned; otherwise p holds whenever it is read"
    )
    more: int | None = Field(default=None, description="About how many more probes would decide; 0 once decided")


class SideEffects(Noun):
    """Of the turns that the wording should leave alone: how many changed, and what that shows at any time."""

    tried: int = Field(default=0, ge=0)
    changed: int = Field(default=0, ge=0)
    low: float = Field(default=0, ge=0, le=1)
    high: float = Field(default=1, ge=0, le=1)
    standing: Literal["harmless", "harmful", "open"] = Field(
        default="open", description="Wald's sequential test of 5 % against 20 % changed"
    )
    ratio: float = Field(default=0, description="Its log likelihood ratio; decided at ±2.944")
    more: int = Field(default=0, ge=0, description="About how many more probes would decide; 0 once decided")


class JudgeScore(Noun):
    """A judge against the person's own marks, and whether its word counts. The rule: `core/judging.py`."""

    key: Digest = Field(description="Of its endpoint, its name and the words that it is asked with")
    model: str
    texts: int = Field(default=0, ge=0, description="Texts that tried to talk it into another answer")
    moved: int = Field(default=0, ge=0, description="Of these, those after which its answer was another one")
    hits: int = Field(default=0, ge=0, description="Better, it says, and the person marked the change as intended")
    false_alarms: int = Field(default=0, ge=0)
    misses: int = Field(default=0, ge=0)
    passes: int = Field(default=0, ge=0)
    n: int = Field(default=0, ge=0, description="Marks of rows on which both of its answers agree")
    mcc: float | None = Field(default=None, ge=-1, le=1, description="Matthews' correlation")
    more: int = Field(default=0, ge=0, description="How many more marks it takes at least to measure it")
    asked: int = Field(default=0, ge=0, description="Rows of this preview that it was asked about")
    agreed: int = Field(default=0, ge=0, description="Of these, where both of its answers agree")
    filled: int = Field(default=0, ge=0, description="Of these, unmarked rows that stand as it says")
    standing: Literal["untested", "moved", "few", "poor", "counts"] = Field(
        default="untested", description="Whether its word counts, or what keeps it from that"
    )


class Figure(Noun):
    """The numbers behind one sentence: what it is about, the formula by its name, the values."""

    claim: str
    formula: str
    values: str


class Said(Noun):
    """The evidence in plain sentences: `core/saying.py` writes them. What there is nothing to say of is empty."""

    stand: str = Field(default="", description="Where a run that has ended stands, in a few words")
    breaks: str = Field(default="", description="What it breaks of what was won before; empty where it breaks nothing")
    changed: str = Field(default="", description="Whether anything changed at all")
    target: str = Field(default="", description="Whether it is what was wanted")
    side: str = Field(default="", description="What it does elsewhere")
    course: str = Field(default="", description="How the rows led to that")
    judge: str = Field(default="", description="What a judge's word is worth; empty without one")
    figures: tuple[Figure, ...] = ()


class Evidence(Noun):
    """What the rows add up to. The methods and their sources: `core/statistics.py`."""

    measured: int = Field(default=0, ge=0, description="Rows asked twice under the present constitution")
    differing: int = Field(default=0, ge=0, description="Of these, where the two replies differ")
    value: float = Field(default=1, ge=0, description="E-value of A/A/B over the measured rows")
    changed: bool = Field(default=False, description="Whether anything changed: the e-value has reached 20")
    target: OnTarget = OnTarget()
    side: SideEffects = SideEffects()
    shares: tuple[Share, ...] = ()
    judge: JudgeScore | None = None
    said: Said = Said()


class Budget(Noun):
    """What a run may take at most; it ends before the call that would exceed it."""

    calls: int | None = Field(default=None, ge=0)
    dollars: float | None = Field(default=None, ge=0)

    def beyond(self, calls: int, dollars: float | None) -> Budget:
        """This much more, or less where it has been spent."""
        return Budget(
            calls=None if self.calls is None else max(0, self.calls + calls),
            dollars=None if self.dollars is None else max(0.0, self.dollars + (dollars or 0.0)),
        )


class Preview(Noun):
    """One run of one wording over the probes. Costs in US dollars, none where the price is unknown."""

    id: Id
    notebook: Id
    amendment: Amendment
    before: Digest
    after: Digest
    model: str
    status: Literal["running", "interrupted", "stopped", "done", "failed"] = Field(
        description="interrupted: it says running, and nothing runs it; it goes on when it is asked for again"
    )
    planned: int = Field(ge=0)
    rows: tuple[Impact, ...] = ()
    calls: int = Field(default=0, ge=0, description="Calls made for this run")
    saved: int = Field(default=0, ge=0, description="Calls answered from the cache")
    tokens: int = Field(default=0, ge=0, description="Prompt and completion tokens of the calls made")
    cost: float | None = None
    budget: Budget | None = None
    harder: bool = False
    ended: Ended = Field(default="", description="What ended the run; empty while it runs, or where it failed")
    repeating: tuple[Id, ...] = Field(default=(), description="Probes that are still to be repeated")
    judging: tuple[Id, ...] = Field(default=(), description="Probes that are still to be put to the judge")
    judge: JudgeScore | None = Field(default=None, description="The judge, as other previews know it")
    maybe_twice: int = Field(
        default=0, ge=0, description="At most so many calls were under way when it was interrupted: billed twice, maybe"
    )
    seconds_left: float | None = None
    created: AwareDatetime
    problem: str = ""
    effect: Literal["unknown", "seen", "none"] = "unknown"
    floor: float | None = Field(
        default=None, description="The largest distance seen between two replies to one prompt today"
    )
    evidence: Evidence = Evidence()

    @property
    def as_planned(self) -> bool:
        """Whether it has ended with all the probes that were planned, whatever they showed."""
        return self.status == "done" and self.ended == "all"

    @property
    def tally(self) -> Tally:
        """The counts that the header shows."""
        return Tally.of(self.rows)
