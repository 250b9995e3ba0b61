"""Rocq (Coq) and Lean 4 in bubblewrap: a model drafts a proof of our statement, the system's kernel judges it.

Elaborating a proof runs programs, so a draft is code. It is refused unless it is tactics only; it is compiled in a
sandbox with no network, no files but the system's own, and bounds; and what came of it is then used by a file of ours,
in another run, which says on which axioms it rests.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from jupyter_reconst.core.formal.argument import Argument
from jupyter_reconst.core.formal.modal import standard
from jupyter_reconst.core.formal.verdicts import Verdict
from jupyter_reconst.provers.cage import Said, caged
from jupyter_reconst.provers.propositions import LEAN, ROCQ, Language, Unsayable, proposition

_MEGABYTES = 4_096
_WRITES = 64
"""Megabytes: what one file of a compiled proof may have."""

_HOLES = re.compile(r"\b(admit|give_up|sorry|native_decide|run_tac|exact_no_check|vm_cast_no_check)\b")
_STANDARD = {"propext", "Classical.choice", "Quot.sound"}
"""What Lean's own tactics rest on."""


@dataclass(frozen=True, slots=True)
class System:
    """One proof assistant: its command, its three files in the order in which they are compiled, what it refuses."""

    name: str
    command: str
    suffix: str
    language: Language
    statement: str
    proof: str
    check: str
    flags: tuple[str, ...] = ()
    compiles: tuple[str, ...] = ()
    refused: str = ""


COQ = System(
    name="Rocq",
    command="coqc",
    suffix=".v",
    language=ROCQ,
    statement="Require Import ZArith.\nOpen Scope Z_scope.\nDefinition claim : Prop :=\n  {proposition}.\n",
    proof="Require Import Statement ZArith Lia.\nTheorem proof : Statement.claim.\n"
    "Proof.\nunfold Statement.claim.\n{draft}\nQed.\n",
    check="Require Statement Proof.\nDefinition verified : Statement.claim := Proof.proof.\n"
    "Print Assumptions verified.\n",
    flags=("-q", "-R", "/proof", ""),
)
LEAN4 = System(
    name="Lean",
    command="lean",
    suffix=".lean",
    language=LEAN,
    statement="def claim : Prop :=\n  {proposition}\n",
    proof="import Statement\ntheorem proof : claim := by\n  unfold claim\n{draft}\n",
    check="import Statement\nimport Proof\ntheorem verified : claim := proof\n#print axioms verified\n",
    compiles=("-o",),
    refused=r"[#@]|--|/-|\b(import|open|axiom|theorem|lemma|def|instance|macro\w*|syntax|elab\w*|notation|initialize|"
    r"run_cmd|set_option|attribute|unsafe|opaque|partial|namespace|section|end|local|scoped|deriving|private)\b",
)

SYSTEMS = {"rocq": COQ, "lean": LEAN4}


class Assistant:
    """One of them, where it and bubblewrap are on the machine."""

    def __init__(self, system: System, seconds: float = 60) -> None:
        self._system = system
        self._seconds = seconds

    @property
    def name(self) -> str:
        """What it is called."""
        return self._system.name

    def missing(self) -> str:
        """Why it cannot be used here; empty where it can."""
        if sys.platform != "linux" or shutil.which("bwrap") is None:
            return f"{self.name} runs in bubblewrap only, which is not on this machine."
        return "" if shutil.which(self._system.command) else f"{self.name} is not on this machine."

    def statement(self, argument: Argument) -> str:
        """What a proof has to prove, as the system reads it; empty where it cannot be said there."""
        try:
            said = proposition(standard(argument), self._system.language)
        except (Unsayable, ValidationError):
            return ""
        return self._system.statement.replace("{proposition}", said)

    async def judge(self, argument: Argument, proof: str = "") -> Verdict:
        """*Follows* if the drafted proof is one, otherwise *not checked*: a failed proof says nothing."""
        statement = self.statement(argument)
        why = self.missing() or ("" if statement else f"{self.name} is not asked about real numbers.")
        why = why or refusal(self._system, proof)
        if not why:
            why = await self._proved(statement, proof)
        by = (self.name,)
        return Verdict(says="not checked", why=why[:4_000], by=by) if why else Verdict(says="follows", by=by)

    async def _proved(self, statement: str, draft: str) -> str:
        """Why the draft is no proof; empty where it is one."""
        system = self._system
        texts = {
            "Statement": statement,
            "Proof": system.proof.replace("{draft}", "\n".join(f"  {line}" for line in draft.splitlines())),
            "Check": system.check,
        }
        with tempfile.TemporaryDirectory() as folder:
            said = Said(0, b"", b"")
            for name, text in texts.items():
                (Path(folder) / f"{name}{system.suffix}").write_text(text, "utf-8")
                said = await caged(self._sandboxed(Path(folder), name), b"", self._seconds)
                if said.status != 0:
                    return _failed(self.name, said)
        return _axioms(system, said.out.decode("utf-8", "replace"))

    def _sandboxed(self, folder: Path, name: str) -> tuple[str, ...]:
        system = self._system
        command = Path(shutil.which(system.command) or "").resolve()
        binds = ["--ro-bind", "/usr", "/usr", "--ro-bind-try", "/etc/ocamlfind.conf", "/etc/ocamlfind.conf"]
        if not command.is_relative_to("/usr"):
            binds += ["--ro-bind", str(command.parents[1]), str(command.parents[1])]
        for link in ("bin", "lib", "lib64"):
            binds += ["--symlink", f"usr/{link}", f"/{link}"]
        environment: Mapping[str, str] = {"HOME": "/tmp", "PATH": "/usr/bin", "LEAN_PATH": "/proof"}
        sets = [part for key, value in environment.items() for part in ("--setenv", key, value)]
        limits = (
            f"--as={_MEGABYTES * 2**20}",
            f"--cpu={int(self._seconds)}",
            f"--fsize={_WRITES * 2**20}",
            "--core=0",
        )
        compiled = tuple(part for flag in system.compiles for part in (flag, f"/proof/{name}.olean"))
        return (
            shutil.which("bwrap") or "bwrap",
            *("--unshare-all", "--die-with-parent", "--clearenv", *sets, *binds, "--tmpfs", "/tmp", "--dev", "/dev"),
            *("--bind", str(folder), "/proof", "--chdir", "/proof", "--cap-drop", "ALL"),
            *("/usr/bin/prlimit", *limits, str(command), *system.flags, *compiled, f"{name}{system.suffix}"),
        )


def refusal(system: System, draft: str) -> str:
    """Why a draft is not even tried: it has holes, or commands besides tactics. Empty where it is."""
    if not draft.strip():
        return "No proof was drafted."
    if len(draft) > 20_000:
        return "The draft is longer than a proof is taken to be."
    if hole := _HOLES.search(draft):
        return f"The draft leaves a hole: {hole.group()}."
    if system.suffix == ".v":
        command = _vernacular(draft)
    else:
        found = re.search(system.refused, draft)
        command = found.group() if found else ""
    return f"The draft holds more than tactics: {command[:60]}." if command else ""


def _vernacular(draft: str) -> str:
    """The first sentence of a draft for Rocq that is no tactic. Its commands, unlike tactics, begin with a capital."""
    if "(*" in draft or '"' in draft:
        return "a comment or a string"
    for one in re.split(r"\.(?:\s+|$)", draft):
        sentence = one.strip().lstrip("-+*{} \t\n")
        sentence = re.sub(r"^(?:\d+|all|par)\s*:\s*", "", sentence)
        if sentence and not (sentence[0].islower() or sentence[0] in "[("):
            return sentence
    return ""


def _failed(name: str, said: Said) -> str:
    if said.status is None:
        return f"{name} did not come to an end in its time."
    lines = [line for line in said.errors.decode("utf-8", "replace").splitlines() if line.strip()]
    errors = " ".join(line for line in lines if "Warning" not in line and "PATH" not in line)
    return f"The draft is no proof: {errors}"[:1_000]


def _axioms(system: System, said: str) -> str:
    """What a proof rests on besides our hypotheses; empty where that is nothing."""
    said = said.strip()
    if system.suffix == ".v":
        return "" if said == "Closed under the global context" else f"The proof rests on more: {said[:400]}"
    if said == "'verified' does not depend on any axioms":
        return ""
    found = re.fullmatch(r"'verified' depends on axioms: \[([^\]]*)\]", said)
    rest = {name.strip() for name in found[1].split(",")} if found else {said[:400]}
    return "" if rest <= _STANDARD else f"The proof rests on more: {', '.join(sorted(rest - _STANDARD))}"
