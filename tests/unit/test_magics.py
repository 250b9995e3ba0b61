"""The magics over a scripted transport: what they ask, what they draw, how they stop."""

from __future__ import annotations

import copy
import itertools
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from jupyter_reconst.core.errors import StoreFull
from jupyter_reconst.doors.failing import Stopped, Unanswered
from jupyter_reconst.doors.magics import Magic, _kernel_id
from jupyter_reconst.doors.remote import Refused
from jupyter_reconst.doors.show import TURN_MIME

TURN = "01KAAAAAAAAAAAAAAAAAAAAAAA"
RECORD = {
    "turn": TURN, "parent": None, "model": "m", "digest": "0" * 64, "reply": "", "status": "streaming", "articles": 0,
}  # fmt: skip


class Stream:
    """Events with pauses between them; a number is a pause in seconds, which closing ends."""

    def __init__(self, *events: Any) -> None:
        self.events = events
        self.closed = threading.Event()

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for event in self.events:
            if isinstance(event, Exception):
                raise event
            if isinstance(event, dict):
                yield event
            elif self.closed.wait(event):
                return

    def close(self) -> None:
        self.closed.set()


class Transport:
    def __init__(self, *events: Any) -> None:
        self.made = Stream(*events)
        self.asked: list[dict[str, Any]] = []
        self.called: list[tuple[str, Any]] = []
        self.answers: dict[str, Any] = {}

    def stream(self, verb: str, body: dict[str, Any]) -> Stream:
        self.asked.append({"verb": verb, **body})
        return self.made

    def call(self, verb: str, body: dict[str, Any] | None) -> Any:
        self.called.append((verb, body))
        answer = self.answers.get(verb)
        if isinstance(answer, Exception):
            raise answer
        return answer


class Shell:
    """As much of IPython as the magics touch."""

    def __init__(self, cell: str | None = "c1") -> None:
        self.display_pub = self
        self.drawn: list[tuple[float, dict[str, Any], dict[str, Any], bool]] = []
        self.user_ns: dict[str, Any] = {"In": ["", "6 * 7"], "Out": {1: 42}, "theory": "a lemma"}
        self._cell = cell

    def get_parent(self) -> dict[str, Any]:
        return {"header": {"session": "p1"}, "metadata": {"cellId": self._cell} if self._cell else {}}

    def publish(self, data: dict[str, Any], metadata: dict[str, Any], *, transient: Any, update: bool) -> None:
        self.drawn.append((time.monotonic(), copy.deepcopy(data), metadata, update))


def text(words: str) -> dict[str, Any]:
    return {"type": "text", "text": words}


def ended(reply: str, status: str = "complete") -> dict[str, Any]:
    return {"type": "ended", "record": {**RECORD, "reply": reply, "status": status}}


BEGAN = {"type": "began", "record": RECORD}


def magic(transport: Transport, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Magic:
    monkeypatch.setenv("JPY_SESSION_NAME", "/home/ana/n.ipynb")
    monkeypatch.delenv("RECONST_NOTEBOOK", raising=False)
    made = Magic(shell)
    made._transport = transport
    return made


def test_the_first_words_are_drawn_at_once_and_then_twenty_times_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = [part for n in range(120) for part in (text(f"w{n} "), 0.005)]
    whole = "".join(f"w{n} " for n in range(120))
    shell = Shell()
    magic(Transport(BEGAN, *pieces, ended(whole)), shell, monkeypatch).cell("", "Why?")
    times = [at for at, *_ in shell.drawn]
    assert [update for *_, update in shell.drawn] == [False] + [True] * (len(times) - 1)
    assert shell.drawn[1][1]["text/plain"] == "w0 " and times[1] - times[0] < 0.05
    gaps = [later - sooner for sooner, later in itertools.pairwise(times[1:])]
    # The last drawing is the recorded turn, which waits for nothing.
    assert min(gaps[:-1]) >= 0.049 and len(times) <= (times[-1] - times[0]) * 20 + 4
    assert shell.drawn[-1][1]["text/plain"] == whole


def test_waiting_is_said_until_the_first_word(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = [{"type": "waiting", "seconds": n, "still": n >= 60} for n in (5.0, 65.0)]
    shell = Shell()
    magic(Transport(BEGAN, *waiting, text("Yes."), 0.1, ended("Yes.")), shell, monkeypatch).cell("", "Why?")
    notes = [data[TURN_MIME].get("note") for _, data, *_ in shell.drawn]
    assert notes[1:4] == ["waiting, 5 s", "still waiting, 65 s: the stop button ends it", ""]


def test_an_output_carries_its_record_for_readers_with_and_without_us(monkeypatch: pytest.MonkeyPatch) -> None:
    shell = Shell()
    magic(Transport(BEGAN, ended("![x](https://e.example) \\(p\\)")), shell, monkeypatch).cell("", "Why?")
    _, data, metadata, _ = shell.drawn[-1]
    assert data[TURN_MIME]["status"] == "complete" and "$p$" in data["text/markdown"]
    assert "https://" not in data["text/markdown"]
    assert metadata == {"reconst": {"turn": TURN, "parent": None, "model": "m", "digest": "0" * 64}}


def test_what_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    transport = Transport(BEGAN, ended("Yes."))
    ours = magic(transport, Shell(), monkeypatch)
    ours.cell("--again --new --model m2 --profile lab --attach 1 theory c7", "\nWhy?\n")
    asked = transport.asked[0]
    assert (asked["verb"], asked["prompt"], asked["cell"], asked["path"]) == ("ask", "Why?", "c1", "/home/ana/n.ipynb")
    assert (asked["again"], asked["new"], asked["model"], asked["profile"]) == (True, True, "m2", "lab")
    assert asked["attachments"] == [
        {"label": "In [1]", "source": "6 * 7", "output": "42"},
        {"label": "theory", "source": "theory", "output": "a lemma"},
    ]
    assert asked["attach"] == ["c7"]


def test_articles_are_put_in_and_left_out_by_the_numbers_that_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    transport = Transport(BEGAN, ended("Yes."))
    transport.answers["inforce"] = {"constitution": {"articles": [{"id": f"a{n}"} for n in (1, 2, 3, 4)]}}
    ours = magic(transport, Shell(), monkeypatch)
    ours.cell("--with 3 --without 4 1", "Why?")
    assert (transport.asked[0]["with"], transport.asked[0]["without"]) == (["a3"], ["a4", "a1"])
    ours.cell("", "Why?")
    assert "with" not in transport.asked[1] and [verb for verb, _ in transport.called] == ["inforce"]
    for line in ("--with 5", "--without 0", "--with three", "--with"):
        with pytest.raises(Unanswered):
            ours.cell(line, "Why?")
    transport.answers["inforce"] = None
    with pytest.raises(Unanswered):
        ours.cell("--with 1", "Why?")
    assert len(transport.asked) == 2


def test_where_no_cell_is_known_the_last_turn_of_this_kernel_is_continued(monkeypatch: pytest.MonkeyPatch) -> None:
    transport = Transport(BEGAN, ended("Yes."))
    ours = magic(transport, Shell(cell=None), monkeypatch)
    ours.cell("", "Why?")
    ours.cell("", "And then?")
    assert [asked["after"] for asked in transport.asked] == [None, TURN]


@pytest.mark.parametrize(
    ("line", "prompt", "code"),
    [
        ("", "  \n", "empty_prompt"),
        ("--colour", "Why?", "bad_input"),
        ("--model", "Why?", "bad_input"),
        ("'", "Why?", "bad_input"),
    ],
)
def test_what_cannot_be_asked_is_said_and_nothing_is_sent(
    line: str, prompt: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    transport = Transport()
    with pytest.raises(Unanswered) as refused:
        magic(transport, Shell(), monkeypatch).cell(line, prompt)
    shown = refused.value._render_traceback_()
    assert transport.asked == [] and len(shown) == 3 and shown[2] == f"({code})" and all(shown)


@pytest.mark.parametrize(
    ("events", "code"),
    [
        ([{"type": "failed", "problem": {"code": "model_busy", "message": "Busy.", "remedy": "Wait."}}], "model_busy"),
        ([BEGAN, text("half"), ConnectionResetError("gone")], "server_unreachable"),
        ([BEGAN, text("half")], "server_gone"),
    ],
)
def test_a_failure_is_three_lines(events: list[Any], code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    transport = Transport(*events)
    with pytest.raises(Unanswered) as failed:
        magic(transport, Shell(), monkeypatch).cell("", "Why?")
    assert failed.value._render_traceback_()[2] == f"({code})"
    assert transport.made.closed.is_set()


def interrupted(ours: Magic, monkeypatch: pytest.MonkeyPatch, *presses: float) -> None:
    """Press stop after so many seconds, as a kernel's signal handler does."""
    import signal

    def press() -> None:
        for seconds in presses:
            time.sleep(seconds)
            signal.raise_signal(signal.SIGINT)

    threading.Thread(target=press, daemon=True).start()
    with pytest.raises(Stopped):
        ours.cell("", "Why?")


def test_stop_asks_the_server_to_stop_and_shows_what_it_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    transport = Transport(BEGAN, text("half"), 0.6, ended("half", "cancelled"))
    shell = Shell()
    interrupted(magic(transport, shell, monkeypatch), monkeypatch, 0.2)
    assert transport.called == [("cancel", {"id": TURN})]
    assert shell.drawn[-1][1][TURN_MIME]["status"] == "cancelled"


def test_stop_before_the_call_has_begun_hangs_up(monkeypatch: pytest.MonkeyPatch) -> None:
    transport = Transport(30.0, BEGAN)
    began = time.monotonic()
    interrupted(magic(transport, Shell(), monkeypatch), monkeypatch, 0.2)
    assert time.monotonic() - began < 1 and transport.made.closed.is_set() and transport.called == []


def test_a_second_press_leaves_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    transport = Transport(BEGAN, text("half"), 30.0)
    began = time.monotonic()
    interrupted(magic(transport, Shell(), monkeypatch), monkeypatch, 0.2, 0.2)
    assert time.monotonic() - began < 1.5 and transport.made.closed.is_set()


@pytest.mark.parametrize("ending", [(), (ConnectionResetError("gone"),), (30.0,)], ids=["end", "broken", "left"])
def test_a_reply_whose_end_never_came_is_not_shown_as_growing(
    ending: tuple[Any, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = Shell()
    ours = magic(Transport(BEGAN, text("half"), *ending), shell, monkeypatch)
    if 30.0 in ending:
        interrupted(ours, monkeypatch, 0.2, 0.2)
    else:
        with pytest.raises(Unanswered):
            ours.cell("", "Why?")
    record = shell.drawn[-1][1][TURN_MIME]
    assert (record["status"], record["reply"]) == ("incomplete", "half") and record["note"]


def test_an_answer_without_a_beginning_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unanswered) as failed:
        magic(Transport(), Shell(), monkeypatch).cell("", "Why?")
    assert failed.value.problem["code"] == "server_gone"


@pytest.mark.parametrize("error", [ConnectionRefusedError("gone"), Refused({"code": "http_502", "message": "Bad."})])
def test_stop_that_nobody_hears_hangs_up(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    transport, shell = Transport(BEGAN, text("half"), 30.0), Shell()
    transport.answers["cancel"] = error
    began = time.monotonic()
    interrupted(magic(transport, shell, monkeypatch), monkeypatch, 0.2)
    assert time.monotonic() - began < 1 and transport.made.closed.is_set()
    assert shell.drawn[-1][1][TURN_MIME]["status"] == "incomplete"


def test_the_line_says_what_is_in_force_and_what_it_costs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    transport = Transport()
    articles = [{"enabled": True}, {"enabled": False}]
    transport.answers = {
        "status": {"model": {"model": "m", "profile": "lab", "prompt_price": 1.5, "completion_price": 6.0}},
        "inforce": {"constitution": {"articles": articles}, "tokens": 40, "digest": "ab" * 32, "review": {}},
    }
    ours = magic(transport, Shell(), monkeypatch)
    assert ours.line("") is None
    said = capsys.readouterr().out
    assert said == "1 article in force (40 tokens, abababab).\nm (lab): $1.5 in, $6 out per million tokens.\n"
    assert transport.called[0] == (
        "inforce",
        {"path": "/home/ana/n.ipynb", "kernel": _kernel_id(), "connection": "p1", "cell": "c1"},
    )
    transport.answers["inforce"] = None
    transport.answers["status"] = {"model": None}
    ours.line("")
    assert "nothing is in force" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (
            Refused({"code": "server_part_missing", "message": "Not enabled.", "remedy": "Restart."}),
            "server_part_missing",
        ),
        (ConnectionRefusedError("gone"), "server_unreachable"),
        (StoreFull("No space left."), "store_full"),
    ],
)
def test_what_goes_wrong_on_the_line_is_three_lines(
    error: Exception, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    transport = Transport()
    transport.answers["inforce"] = error
    with pytest.raises(Unanswered) as failed:
        magic(transport, Shell(), monkeypatch).line("")
    shown = failed.value._render_traceback_()
    assert len(shown) == 3 and shown[2] == f"({code})" and all(shown)


def test_use_names_the_notebook(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    transport = Transport(BEGAN, ended("Yes."))
    ours = magic(transport, Shell(), monkeypatch)
    for name in ("n.ipynb", "it's.ipynb", "my notebook.ipynb", "back\\slash.ipynb"):
        notebook = tmp_path / name
        notebook.write_text("{}")
        for spelled in (notebook, f"'{notebook}'", f'  "{notebook}" '):
            assert ours.line(f"use {spelled}") is None
            ours.cell("", "Why?")
            assert transport.asked[-1]["path"] == str(notebook)
    for line, code in (
        ("use nowhere.ipynb", "notebook_unknown"),
        ("use", "notebook_unknown"),
        (f"use {'x' * 5_000}", "notebook_unknown"),
        ("sing", "bad_input"),
        ("it's", "bad_input"),
    ):
        with pytest.raises(Unanswered) as refused:
            ours.line(line)
        assert refused.value.problem["code"] == code
