"""Proof assistants: our statement, a drafted proof, and all that is no proof. Rocq is run where it is installed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from jupyter_reconst.core.formal.argument import Argument, Sentence
from jupyter_reconst.core.formal.notation import load
from jupyter_reconst.provers.assistants import COQ, LEAN4, Assistant, System, _axioms, refusal
from tests.arguments import SUITE, argument, symbol


def sandboxes() -> bool:
    """Whether bubblewrap may do its work here: in many containers it may not."""
    command = ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "/bin/true"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


ROCQ = Assistant(COQ)
WHY = ROCQ.missing() or ("" if sandboxes() else "bubblewrap can make no sandbox on this machine.")
needs_rocq = pytest.mark.skipif(bool(WHY), reason=WHY)
BY_ID = {entry["id"]: argument(entry) for entry in SUITE}

PARITY = Argument(
    symbols=(symbol("n: int"), symbol("a: int"), symbol("b: int")),
    premises=(Sentence(name="even", formula=load("n = 2 * a")), Sentence(name="more", formula=load("b = a + 1"))),
    claim=Sentence(name="claim", formula=load("2 * b - n > 1")),
)
PROOFS = {
    "socrates": "intros. auto.",
    "peirce": "intros classic p q H. destruct (classic p) as [h | h].\n- exact h.\n- apply H. intro hp. contradiction.",
    "barbara": "intros classic s i s0 m p major minor. intros x h. apply major. apply minor. exact h.",
}


@needs_rocq
@pytest.mark.parametrize("name", PROOFS)
async def test_a_drafted_proof_is_judged_by_the_kernel(name: str) -> None:
    verdict = await ROCQ.judge(BY_ID[name], PROOFS[name])
    assert (verdict.says, verdict.by) == ("follows", ("Rocq",)), verdict.why


@needs_rocq
async def test_whole_numbers_and_modalities_are_proved_and_what_is_no_proof_is_not_checked() -> None:
    assert (await ROCQ.judge(PARITY, "intros. lia.")).says == "follows"
    modal = BY_ID["axiom-t-in-T"]
    assert (await ROCQ.judge(modal, "intros. auto.")).says == "follows"
    for draft in ("intros. trivial.", "intros. lia"):
        verdict = await ROCQ.judge(BY_ID["consequent"], draft)
        assert verdict.says == "not checked" and "The draft is no proof" in verdict.why


@needs_rocq
async def test_a_draft_that_was_not_refused_still_reaches_nothing(tmp_path: Path) -> None:
    """The refusal is taken away: the sandbox has no file of ours, and an axiom is found out by the file of ours."""
    (tmp_path / "victim.v").write_text("Definition found := tt.", "utf-8")
    statement = ROCQ.statement(BY_ID["socrates"])
    loads = f'intros. auto. Qed. Load "{tmp_path}/victim".'
    assert "is no proof" in await ROCQ._proved(statement, loads)
    writes = f'intros. auto. Qed. Redirect "{tmp_path}/written" Print nat. Theorem more : True. Proof. exact I.'
    await ROCQ._proved(statement, writes)
    assert [path.name for path in tmp_path.iterdir()] == ["victim.v"]
    forged = "Abort. Axiom ex : False. Theorem proof : Statement.claim. Proof. destruct ex."
    assert "rests on more: Axioms:" in await ROCQ._proved(ROCQ.statement(BY_ID["consequent"]), forged)


@pytest.mark.parametrize(
    ("system", "draft"),
    [
        (COQ, ""),
        (COQ, "intros. admit."),
        (COQ, "Admitted."),
        (COQ, "auto. Qed. Axiom absurd : False. Theorem other : True. Proof. exact I."),
        (COQ, "auto.\nQed.\nUnset Universe Checking."),
        (COQ, "{ Redirect x Print nat. }"),
        (COQ, "- Declare ML Module x."),
        (COQ, "all: Fail idtac."),
        (COQ, "auto (* Qed. *)."),
        (COQ, 'idtac "Closed under the global context".'),
        (COQ, "#[global] Axiom a : False."),
        (COQ, "auto. " * 5_000),
        (LEAN4, "sorry"),
        (LEAN4, "native_decide"),
        (LEAN4, "trivial\n#eval IO.println 1"),
        (LEAN4, "trivial\naxiom absurd : False"),
        (LEAN4, "trivial\nmacro_rules | `(tactic| x) => `(tactic| sorry)"),
        (LEAN4, "set_option autoImplicit true in trivial"),
        (LEAN4, "trivial -- done"),
        (LEAN4, "open Classical in trivial"),
    ],
)
def test_holes_and_everything_besides_tactics_are_refused(system: System, draft: str) -> None:
    assert refusal(system, draft)


@pytest.mark.parametrize("draft", PROOFS.values())
def test_tactics_are_tried(draft: str) -> None:
    assert refusal(COQ, draft) == ""
    assert refusal(LEAN4, "intro h\n  exact h.left") == ""


@pytest.mark.parametrize(
    ("system", "said", "clean"),
    [
        (COQ, "Closed under the global context\n", True),
        (COQ, "Axioms:\nabsurd : False\n", False),
        (COQ, "Closed under the global context\nClosed under the global context", False),
        (COQ, "", False),
        (LEAN4, "'verified' does not depend on any axioms\n", True),
        (LEAN4, "'verified' depends on axioms: [propext, Quot.sound]\n", True),
        (LEAN4, "'verified' depends on axioms: [propext, sorryAx]\n", False),
        (LEAN4, "", False),
    ],
)
def test_extra_axioms_are_refused(system: System, said: str, clean: bool) -> None:
    assert (_axioms(system, said) == "") is clean


def test_the_statement_is_ours() -> None:
    said = ROCQ.statement(BY_ID["socrates"])
    assert "(s_thing : Type) (some_thing : s_thing) (f_human : s_thing -> Prop)" in said
    assert "(forall v_x : s_thing, ((f_human (v_x)) -> (f_mortal (v_x)))) ->\n  (f_human (f_socrates)) ->" in said
    lean = Assistant(LEAN4).statement(BY_ID["socrates"])
    assert "(∀ v_x : s_thing, ((f_human (v_x)) → (f_mortal (v_x)))) →" in lean
    assert ROCQ.statement(BY_ID["mean"]) == "" == ROCQ.statement(BY_ID["ellsberg"])


async def test_without_the_system_nothing_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    for system in (COQ, LEAN4):
        verdict = await Assistant(system).judge(BY_ID["socrates"], "trivial")
        assert verdict.says == "not checked" and "bubblewrap" in verdict.why
