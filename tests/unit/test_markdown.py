"""A reply in a cell's output fetches nothing and links nowhere, whichever renderer reads it."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import mistune
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jupyter_reconst.core.markdown import ACTIVE, inert

DATA = Path(__file__).parent.parent / "data"
EXAMPLES: list[dict[str, str]] = json.loads((DATA / "inert.json").read_text("utf-8"))
XSS: list[str] = json.loads((DATA / "xss.json").read_text("utf-8"))["payloads"]
BITS = (
    "![ [a] ] ( ]( ]: [b]:\x20 http://e.x :// www. a@b.c <img\x20src=x> <a\x20href=x> </code> <code> < ` `` ``` ~~~ "
    "$ $$ \\ \\( \\) \\[ \\] \\\\( \\\\) \\href{ \\def | \n \n\n \x20\x20\x20\x20 >\x20 -\x20 1.\x20 x 5 "
    "\\begin{a} \\end{a} \t { } &lt; ^[ [^1] <!-- --> * _ #\x20 \n---\n é 😀 \r\n mailto:a@b.c ![x](http://e.x/i.png) "
    "[a]:\x20http://e.x <http://e.x> \n```\n"
)
REPLIES = st.lists(st.sampled_from(BITS.split(" ")) | st.just(" ") | st.text(max_size=3), max_size=24).map("".join)
FORBIDDEN = re.compile(r"<(?!/?code\b)(?:a|img|iframe|script|svg|object|embed|link|style|video|audio)[\s/>]", re.I)


@pytest.mark.parametrize("case", EXAMPLES, ids=[case["name"] for case in EXAMPLES])
def test_examples_shared_with_the_frontend(case: dict[str, str]) -> None:
    assert inert(case["reply"]) == case["inert"]


@pytest.mark.parametrize("around", ["{}", "- {}", "> {}", "a {} b", "|a|\n|-|\n|{}|", "`a {} b"])
def test_nothing_of_the_owasp_corpus_is_a_tag_a_link_or_an_image(around: str) -> None:
    render = mistune.create_markdown(escape=False, plugins=["url", "table", "footnotes", "strikethrough", "math"])
    ours = r"/?(?:p|ul|li|blockquote|table|thead|tbody|tr|th|td|em|strong|code|del|div|span|h\d|pre)\b[^<>]*>|br */?>"
    for payload in XSS:
        reply = inert(around.format(payload))
        html = str(render(reply))
        assert not ACTIVE.search(outside(reply)), payload
        assert not re.search(rf"<(?!{ours})[a-z!?/]", html, re.I), (payload, html)
        assert not re.search(r"<[^<>]*\s(?:on\w+|style|href|src)\s*=", html, re.I), (payload, html)


def outside(text: str) -> str:
    """The text outside code blocks: inert text fences only at the start of a line, each closed by its equal."""
    kept, fence = [], ""
    for line in text.split("\n"):
        run = re.match("`{3,}", line)
        if fence:
            fence = "" if line == fence else fence
        elif run:
            fence = run.group()
        else:
            kept.append(line)
    assert fence == ""
    return "\n".join(kept)


@settings(max_examples=300, deadline=None)
@given(REPLIES)
@example("1. a\n\n   ```\n<img src=x>\n   ```")
@example("a ` b\n` <img src=x> `")
@example("- ```\n  code\n  ```\n  <img src=x>")
def test_nothing_active_is_left_outside_code_blocks(reply: str) -> None:
    assert not ACTIVE.search(outside(inert(reply)))


@settings(max_examples=300, deadline=None)
@given(REPLIES)
def test_commonmark_renders_no_link_image_or_tag(reply: str) -> None:
    parser = pytest.importorskip("markdown_it").MarkdownIt("commonmark")
    tokens: list[Any] = parser.parse(inert(reply))
    every = [child for token in tokens for child in [token, *(token.children or [])]]
    assert not {t.type for t in every} & {"image", "link_open"}
    raw = [t.content for t in every if t.type in ("html_block", "html_inline")]
    assert not [text for text in raw if re.search("<(?!/?code>)", text)]


@settings(max_examples=300, deadline=None)
@given(REPLIES)
def test_mistune_renders_no_link_image_or_tag(reply: str) -> None:
    render = mistune.create_markdown(escape=False, plugins=["url", "table", "footnotes", "strikethrough", "math"])
    html = str(render(inert(reply)))
    assert not FORBIDDEN.search(html), html


@pytest.mark.parametrize("bit", ["$a ", "`a", "\\(", "\\begin{a}", "``a`", "[](", "```\n", "\\begin{", "<", "a"])
def test_a_long_reply_takes_little_time(bit: str) -> None:
    before = time.perf_counter()
    inert(bit * (64_000 // len(bit)))
    assert time.perf_counter() - before < 2


def test_what_streams_in_is_inert_at_every_length() -> None:
    reply = "See ![a](https://e.x/i.png) and `x\n```py\nprint('<b>')\n``` then \\(a<b\\) <img src=x>."
    for end in range(len(reply)):
        assert not ACTIVE.search(outside(inert(reply[:end])))
