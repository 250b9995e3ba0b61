"""Twelve ways out of a prover, each tried on a real process of its own (docs/operators/threat-model.md)."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from jupyter_reconst.core.formal.argument import Argument, Sentence
from jupyter_reconst.core.formal.notation import load
from jupyter_reconst.core.formal.terms import Symbol
from jupyter_reconst.core.formal.verdicts import Verdict
from jupyter_reconst.provers.cage import Said
from jupyter_reconst.provers.solvers import Solvers, read

pytest.importorskip("z3")

PLAIN = Argument(
    symbols=(Symbol(name="p"),),
    premises=(Sentence(name="one", formula=load("p")),),
    claim=Sentence(name="claim", formula=load("p")),
)
CHANNEL = 'x) (set-option :regular-output-channel "{victim}") (echo "gone'

INSIDE = """
import json, os, signal, socket, sys, time
from jupyter_reconst.core.formal.verdicts import Verdict
from jupyter_reconst.provers.child import close
request = json.loads(sys.stdin.buffer.read())
def tried(act):
    try:
        return str(act())
    except (OSError, MemoryError) as error:
        return type(error).__name__
close(request["seconds"], request["megabytes"])
said = {attempt}
sys.stdout.buffer.write(Verdict(says="not checked", why=json.dumps(said)).model_dump_json().encode())
"""
"""A child that was taken over: it has closed its cage like the real one, and then does as it likes."""


async def inside(attempt: str, **bounds: Any) -> Verdict:
    return await Solvers(child=INSIDE.replace("{attempt}", attempt), **bounds).judge(PLAIN)


def said(verdict: Verdict) -> Any:
    return json.loads(verdict.why)


def refused(formula: dict[str, Any]) -> None:
    """A tree that never becomes an argument: no process is started for it."""
    with pytest.raises(ValidationError):
        Argument.model_validate(
            {"symbols": [{"name": "p"}], "premises": [], "claim": {"name": "claim", "formula": formula}}
        )


async def smt_lib_output_channel(victim: Path) -> None:
    """SMT-LIB text wrote files through four interfaces of Z3. A name cannot hold it; words can, and stay words."""
    text = CHANNEL.format(victim=victim)
    refused({"op": "apply", "name": text})
    symbols = (Symbol(name="p", words=text),)
    assert (await Solvers().judge(PLAIN.model_copy(update={"symbols": symbols}))).says == "follows"


async def smt_lib_command(victim: Path) -> None:
    for op in ("set-option", "include", "echo", "exit", "eval"):
        refused({"op": op, "args": [{"op": "apply", "name": str(victim)}]})


async def python_text(victim: Path) -> None:
    code = f"__import__('os').remove({str(victim)!r})"
    for formula in ({"op": "apply", "name": code}, {"op": "number", "value": code}, {"op": code}, code):
        refused(formula)  # type: ignore[arg-type]
    refused({"op": "apply", "name": "p", "__reduce__": code})


async def endless_depth(victim: Path) -> None:
    deep: dict[str, Any] = {"op": "apply", "name": "p"}
    for _ in range(100_000):
        deep = {"op": "not", "args": [deep]}
    try:
        refused(deep)
    finally:
        while deep.get("args"):  # Taken apart from above: the interpreter's own clean-up would recurse.
            deep = deep["args"].pop()
    with pytest.raises(ValidationError):
        Argument.model_validate_json('{"symbols":[],"claim":{"name":"c","formula":' + '{"op":"not","args":[' * 100_000)
    shallow: dict[str, Any] = {"op": "apply", "name": "p"}
    for _ in range(24):
        shallow = {"op": "not", "args": [shallow]}
    refused(shallow)


async def quantifiers_that_multiply(victim: Path) -> None:
    """Twelve quantifiers written out over four things would be 16 million nodes."""
    bound = "".join(f"forall x{n}: thing. exists y{n}: thing. " for n in range(6))
    body = " and ".join(f"related(x{n}, y{n})" for n in range(6))
    argument = Argument(
        symbols=(Symbol(name="related", takes=("thing", "thing")),),
        premises=(Sentence(name="one", formula=load(bound + f"({body})")),),
        claim=Sentence(name="claim", formula=load("exists x: thing. related(x, x)")),
    )
    assert (await Solvers(seconds=5).judge(argument)).says in ("not decided", "does not follow")


async def numerals_that_never_end(victim: Path) -> None:
    for value in ("9" * 5_000, "1e999999999", "1/0", "0x10", "NaN", "1" * 19, "٣"):
        refused({"op": "equal", "args": [{"op": "number", "value": value}] * 2})


async def environment_read(victim: Path) -> None:
    assert "canary" in os.environ["RECONST_CANARY"]
    names, folder = said(await inside("[sorted(os.environ), os.getcwd()]"))
    assert not [name for name in names if name not in ("LC_CTYPE", "__CF_USER_TEXT_ENCODING")]
    assert Path(folder) != Path.cwd()


async def file_written(victim: Path) -> None:
    attempts = f"[tried(lambda: open({str(victim)!r}, 'w')), tried(lambda: open('here', 'w')), tried(os.pipe)]"
    assert said(await inside(attempts)) == ["OSError"] * 3


async def file_or_connection_opened(victim: Path) -> None:
    attempts = f"[tried(lambda: open({str(victim)!r}).read()), tried(socket.socket), tried(lambda: os.listdir('/'))]"
    assert said(await inside(attempts)) == ["OSError"] * 3


async def process_started(victim: Path) -> None:
    attempts = f"[tried(os.fork), tried(lambda: os.posix_spawn('/bin/rm', ['rm', {str(victim)!r}], dict()))]"
    assert said(await inside(attempts)) == ["BlockingIOError"] * 2
    assert said(await inside("os.geteuid()")) != 0


async def memory_taken(victim: Path) -> None:
    assert said(await inside("tried(lambda: len(bytearray(2**31)))", megabytes=512)) == "MemoryError"


async def time_taken(victim: Path) -> None:
    """Waiting costs no processor time and ignores signals: it is ended from outside."""
    verdict = await inside("[signal.signal(signal.SIGTERM, signal.SIG_IGN), time.sleep(600)]", seconds=1)
    assert verdict.says == "not decided"
    assert (await inside("[None for _ in iter(int, 1)]", seconds=1)).says == "not decided"


ESCAPES: tuple[Callable[[Path], Any], ...] = (
    smt_lib_output_channel,
    smt_lib_command,
    python_text,
    endless_depth,
    quantifiers_that_multiply,
    numerals_that_never_end,
    environment_read,
    file_written,
    file_or_connection_opened,
    process_started,
    memory_taken,
    time_taken,
)


def test_the_twelve_are_told_by_name() -> None:
    told = (Path(__file__).parents[2] / "docs" / "contributors" / "testing.md").read_text("utf-8")
    assert len(ESCAPES) == 12 and all(f"`{escape.__name__}`" in told for escape in ESCAPES)


@pytest.mark.parametrize("escape", ESCAPES, ids=lambda escape: escape.__name__)
async def test_formal_escape(escape: Callable[[Path], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECONST_CANARY", "canary-4711")
    victim = tmp_path / "victim"
    victim.write_text("mine", "utf-8")
    started = time.monotonic()
    await asyncio.wait_for(escape(victim), 30)
    assert time.monotonic() - started < 20
    assert victim.read_text("utf-8") == "mine" and [*tmp_path.iterdir()] == [victim]


@pytest.mark.parametrize(
    "said",
    [
        Said(0, b'(error "line 1") ' + Verdict(says="follows").model_dump_json().encode(), b""),
        Said(0, Verdict(says="follows").model_dump_json().encode(), b"(error line 1)\nsat\n"),
        Said(1, Verdict(says="follows").model_dump_json().encode(), b""),
        Said(-11, b"", b""),
        Said(0, Verdict(says="follows").model_dump_json().encode()[:-1], b""),
        Said(0, b"sat", b""),
        Said(0, b"", b""),
    ],
    ids=["error then verdict", "error beside it", "status", "crash", "cut off", "other words", "nothing"],
)
def test_anything_but_one_whole_verdict_and_a_clean_end_is_not_checked(said: Said) -> None:
    assert read(said).says == "not checked"


def test_time_that_ran_out_is_not_decided() -> None:
    follows = Verdict(says="follows").model_dump_json().encode()
    assert read(Said(None, follows, b"")).says == "not decided"
    assert not read(Said(None, follows, b"")).checked


async def test_a_cancelled_check_leaves_no_process_behind(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    child = f"import os, time; open({str(told)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    task = asyncio.create_task(Solvers(seconds=600, child=child).judge(PLAIN))
    while not (told.exists() and told.read_text("utf-8")):
        await asyncio.sleep(0.02)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    with pytest.raises(ProcessLookupError):
        os.kill(int(told.read_text("utf-8")), 0)
