"""What installing us adds to a plain JupyterLab: distributions, megabytes with compiled files, JavaScript sent."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

from _measure import ROOT, close

LAB = "jupyterlab>=4.6,<4.7"


def built(into: Path) -> Path:
    """A wheel as it would be released: built from the tracked files alone, in isolation."""
    copy = into / "copy"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in filter(None, listed.decode().split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    wheels = into / "wheels"
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(wheels), "."]
    subprocess.run(command, cwd=copy, check=True, stdout=sys.stderr)
    return next(wheels.glob("*.whl"))


def weigh(environment: Path) -> tuple[set[str], float]:
    """The distributions in an environment, and the megabytes of its files."""
    metadata = {path.name for path in environment.rglob("*.dist-info") if path.is_dir()}
    size = sum(path.stat().st_size for path in environment.rglob("*") if path.is_file() and not path.is_symlink())
    return metadata, size / 1e6


def install(environment: Path, what: str) -> None:
    python = environment / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    uv = shutil.which("uv")
    if uv:
        command = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--link-mode=copy", "--python", str(python)]
    else:
        command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    subprocess.run([*command, what], check=True, stdout=sys.stderr)


def scripts(wheel: Path) -> tuple[int, int, int]:
    """Bytes of JavaScript in the labextension, raw and gzipped file by file, and what the browser loads at start."""
    raw = packed = entry = 0
    with zipfile.ZipFile(wheel) as files:
        for name in files.namelist():
            if "/static/" in name and name.endswith(".js"):
                text = files.read(name)
                raw += len(text)
                packed += len(gzip.compress(text, 9))
                entry += len(text) if "remoteEntry" in name else 0
    return raw, packed, entry


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="reconst-weight-") as folder:
        here = Path(folder)
        wheel = built(here)
        environment = here / "environment"
        venv.create(environment, with_pip=False)
        install(environment, LAB)
        before, plain = weigh(environment)
        install(environment, str(wheel))
        after, whole = weigh(environment)
        raw, packed, entry = scripts(wheel)
        added = sorted(name.removesuffix(".dist-info") for name in after - before)
        figures = {
            "distributions_added": len(added),
            "which": added,
            "megabytes_added": round(whole - plain, 1),
            "megabytes_plain": round(plain, 1),
            "wheel_kilobytes": round(wheel.stat().st_size / 1e3),
            "javascript_kilobytes": round(raw / 1e3, 1),
            "javascript_gzip_kilobytes": round(packed / 1e3, 1),
            "entry_kilobytes": round(entry / 1e3, 1),
        }
    goals = {
        "distributions_added": (len(added), 20),
        "megabytes_added": (whole - plain, 95),
        "javascript_kilobytes": (raw / 1e3, 300),
        "javascript_gzip_kilobytes": (packed / 1e3, 100),
    }
    close("weight", figures, goals)


if __name__ == "__main__":
    main()
