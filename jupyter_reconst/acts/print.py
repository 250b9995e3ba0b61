"""A preview as a page that a colleague can open anywhere: no script, nothing that is loaded, every word of others text.

It is built as a tree and written by the standard library, so that no text of a person or a model can become markup.
"""

from __future__ import annotations

import asyncio
import math
import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, tostring

from jupyter_reconst.acts.distance import shared
from jupyter_reconst.acts.previews import preview_state
from jupyter_reconst.core.evidence import LEAVE
from jupyter_reconst.core.impact import Bin, Evidence, Impact, Judgement, Preview, Share, Verdict
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests import Print, Watch
from jupyter_reconst.core.requests.sharing import Written
from jupyter_reconst.core.saying import dollars, percent
from jupyter_reconst.core.statistics import ALPHA, log_ratio
from jupyter_reconst.core.visible import spelled

_VERDICTS: dict[Verdict, str] = {
    "regression": "Regression",
    "unintended": "Unintended",
    "unmarked": "Unmarked",
    "intended": "Intended",
    "unchanged": "Unchanged",
    "failed": "Failed",
}
"""Bad news first."""

_BINS: dict[Bin, str] = {
    "source": "Corrected turn",
    "in": "Turns it is for",
    "near": "Look-alikes",
    "out": "Unrelated turns",
    "case": "Kept cases",
    "conflict": "Clashes",
    "own": "Your own",
}
_ENDED = {
    "all": "Ended: every probe was tried.",
    "decided": "Ended: the side effects are decided.",
    "budget": "Ended: the budget is spent.",
    "stopped": "Ended: you stopped it.",
    "exhausted": "Ended: nothing new was left to ask.",
}
_CERTAINTY = {"none": "", "likely": "likely", "changed": "changed", "noise": "within noise"}
_BETTER = {
    "before": "today’s reply is better",
    "after": "the new reply is better",
    "neither": "neither reply is better",
    "unread": "no answer",
}

_STYLE = """
body { font: 14px/1.5 system-ui, sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; color: #1a1a1a;
  background: #fff; }
h1 { font-size: 20px; } h2 { font-size: 16px; margin-top: 2em; } .muted { color: #555; }
table { border-collapse: collapse; } th, td { text-align: start; padding: 4px 12px 4px 0; font-weight: 400; }
.row { border-top: 1px solid #ccc; padding: 8px 0; } .two { display: grid; grid-template-columns: 1fr 1fr; gap: 24px; }
.two > *, dd { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; } dt { font-weight: 600; margin-top: 8px; }
del { background: #f7dcdc; } ins { background: #d9ecd9; } figure { margin: 0; } svg { overflow: visible; }
@media (max-width: 40em) { .two { grid-template-columns: 1fr; } }
"""

_WORDS = re.compile(r"\w+|\s+|.", re.DOTALL)
_POINTS = 400
"""Points of a drawing that show what there is to see."""


async def printed(ports: Ports, person: Person, request: Print) -> Written:
    """A preview as a page. Raises NotFound for what this person does not have."""
    preview = await preview_state(ports, person, Watch(preview=request.preview))
    # Many rows take a second, in which others have their turn.
    text = await asyncio.to_thread(page, preview, request)
    return Written(file="impact.html", text=text)


def page(preview: Preview, wish: Print) -> str:
    """The whole page: the sentences, the drawings, the numbers, and every row with the words that differ."""
    said, draft = preview.evidence.said, wish.draft
    stand = "So far." if preview.status == "running" else said.stand
    if preview.effect == "none":
        stand = "It does not do its work."
    ended = _ENDED.get(preview.ended, preview.status)
    policy = {"http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"}
    head = _tag(
        "head",
        _tag("meta", charset="utf-8"),
        _tag("meta", name="viewport", content="width=device-width"),
        _tag("meta", **policy),
        _tag("title", wish.name),
        _tag("style", _STYLE),
    )
    body = _tag(
        "body",
        _tag("h1", wish.name),
        _tag("p", _tag("b", stand), f" {said.breaks} {said.changed}"),
        *(_tag("p", text) for text in (said.target, said.side, said.judge) if text),
        _muted(
            " · ".join((f"{ended} {_spent(preview)}", preview.model, preview.created.isoformat(timespec="seconds")))
        ),
        _tag("h2", "Wording"),
        _tag("dl", *_terms((("When", draft.when), ("Then", draft.then)))),
        _tag("h2", "Share of turns that changed"),
        *_shares(preview.evidence),
        _tag("h2", "The way to the verdict"),
        _tag("figure", _course(preview.rows), _tag("figcaption", said.course)),
        _tag("h2", "The numbers"),
        _tag("dl", *_terms((f"{one.claim}: {one.formula}", one.values) for one in said.figures)),
        *_groups(preview),
        _muted(f"Constitution before: {preview.before}. With it: {preview.after}."),
    )
    return "<!doctype html>\n" + tostring(_tag("html", head, body, lang="en"), encoding="unicode", method="html")


def _tag(tag: str, /, *inside: str | Element, **attributes: str) -> Element:
    element = Element(tag, attributes)
    last: Element | None = None
    for part in inside:
        if isinstance(part, Element):
            element.append(part)
            last = part
        elif last is None:
            element.text = (element.text or "") + (part if tag == "style" else spelled(part))
        else:
            last.tail = (last.tail or "") + spelled(part)
    return element


def _muted(text: str) -> Element:
    return _tag("p", text, **{"class": "muted"})


def _terms(pairs: Iterable[tuple[str, str]]) -> Iterable[Element]:
    return (part for term, text in pairs for part in (_tag("dt", term), _tag("dd", text)))


def _spent(preview: Preview) -> str:
    """What it has taken."""
    cost = "price unknown" if preview.calls else ""
    told = (
        cost if preview.cost is None else dollars(preview.cost),
        f"{preview.calls} call{'' if preview.calls == 1 else 's'}",
        f"{preview.tokens:,} tokens" if preview.tokens else "",
        f"{preview.saved} from before" if preview.saved else "",
    )
    return " · ".join(filter(None, told))


def _shares(evidence: Evidence) -> Iterable[Element]:
    noise = evidence.differing / evidence.measured if evidence.measured else None
    yield _tag(
        "table",
        *(
            _tag(
                "tr",
                _tag("th", _BINS[share.bin], scope="row"),
                _tag("td", _bar(share, noise)),
                _tag("td", f"{share.changed} of {share.tried}"),
                _tag("td", f"between {percent(share.low)} and {percent(share.high)}"),
            )
            for share in evidence.shares
        ),
    )
    told = f"noise: {evidence.differing} of {evidence.measured} differ when asked twice"
    yield _muted(f"95% interval, whenever it is stopped · {'noise not measured' if noise is None else told}")


def _bar(share: Share, noise: float | None) -> Element:
    """200 wide: a dot on its interval, and where mere noise would be."""
    floor = [] if noise is None else [_line(200 * noise, 0, 200 * noise, 20, **_LIMIT)]
    thick = {"stroke": "#888", "stroke-width": "4"}
    at = 200 * share.changed / max(1, share.tried)
    return _drawing(
        200,
        20,
        _line(0, 10, 200, 10, stroke="#ccc"),
        *floor,
        _line(200 * share.low, 10, 200 * share.high, 10, **thick),
        _tag("circle", cx=f"{at:.1f}", cy="10", r="5", fill="#1a1a1a"),
    )


def _course(rows: Iterable[Impact]) -> Element:
    """The log ratio after each turn that should be left alone, between the two limits; cut at its edges."""
    path, moved, tried = [0.0], 0, 0
    for row in rows:
        if row.verdict != "failed" and row.probe.bin in LEAVE:
            tried += 1
            moved += row.changed and row.standing != "intended"
            path.append(log_ratio(moved, tried))
    limit, every, last = math.log((1 - ALPHA) / ALPHA), math.ceil(len(path) / _POINTS), len(path) - 1
    points = " ".join(
        f"{400 * at / max(1, last):.1f},{min(120.0, max(0.0, 60 - 30 * ratio / limit)):.1f}"
        for at, ratio in enumerate(path)
        if at % every == 0 or at == last
    )
    drawn = _tag("polyline", points=points, fill="none", stroke="#1a1a1a", **{"stroke-width": "2"})
    return _drawing(400, 120, *(_line(0, y, 400, y, **_LIMIT) for y in (30, 90)), drawn)


_LIMIT = {"stroke": "#555", "stroke-dasharray": "3 3"}


def _drawing(width: int, height: int, *inside: Element) -> Element:
    size = {"width": str(width), "height": str(height), "viewBox": f"0 0 {width} {height}", "aria-hidden": "true"}
    return _tag("svg", *inside, **size)


def _line(x1: float, y1: float, x2: float, y2: float, **pen: str) -> Element:
    return _tag("line", x1=f"{x1:.1f}", y1=f"{y1:.1f}", x2=f"{x2:.1f}", y2=f"{y2:.1f}", **pen)


def _groups(preview: Preview) -> Iterable[Element]:
    score = preview.evidence.judge
    judge = score is not None and score.standing == "counts"
    groups: dict[Verdict, list[Impact]] = {verdict: [] for verdict in _VERDICTS}
    for row in preview.rows:
        # A pinned row that did not change has not.
        stand = (row.judged if judge else None) or row.standing
        groups["unchanged" if row.verdict == "unchanged" else stand].append(row)
    for verdict, rows in groups.items():
        if rows:
            yield _tag("h2", f"{_VERDICTS[verdict]} {len(rows)}")
            yield from (_row(row, judge) for row in rows)


def _row(row: Impact, judge: bool) -> Element:
    before, after = row.before.text, row.after.text
    told = (
        _BINS[row.probe.bin],
        row.probe.chosen,
        _CERTAINTY[row.certainty],
        f"You marked it: {row.mark}" if row.mark else "",
        row.why,
        "judged" if judge and row.judged else "",
        _judged(row.judgement) if row.judgement else "",
    )
    return _tag(
        "div",
        _tag("p", _tag("b", row.probe.prompt)),
        _muted(" · ".join(filter(None, told))),
        _tag("p", before) if before == after else _both(before, after),
        **{"class": "row"},
    )


def _judged(judgement: Judgement) -> str:
    """What a judge said, in both orders."""
    first, second = _BETTER[judgement.first], _BETTER[judgement.second]
    if judgement.first == judgement.second:
        return f"Judge, in both orders: {first}."
    return f"Judge, no agreement: {first}; the other way round, {second}."


def _both(before: str, after: str) -> Element:
    """Both replies, with the words that differ."""
    one, other = _WORDS.findall(before), _WORDS.findall(after)
    left: list[str | Element] = ["Now: "]
    right: list[str | Element] = ["With it: "]
    done, at = 0, 0
    for place, seat, size in (*shared(one, other), (len(one), len(other), 0)):
        left += [_tag("del", "".join(one[done:place]))] if done < place else []
        right += [_tag("ins", "".join(other[at:seat]))] if at < seat else []
        done, at = place + size, seat + size
        left.append("".join(one[place:done]))
        right.append("".join(other[seat:at]))
    return _tag("div", _tag("p", *left), _tag("p", *right), **{"class": "two"})
