"""What installing us adds to a plain JupyterLab: distributions, megabytes with compiled files, what browsers fetch."""

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


def fetched(wheel: Path) -> dict[str, list[bytes]]:
    """What the browser fetches of the labextension: scripts at the start, scripts with the first page, style sheets."""
    parts: dict[str, list[bytes]] = {"start": [], "pages": [], "style": []}
    with zipfile.ZipFile(wheel) as files:
        for name in files.namelist():
            folder, _, file = name.rpartition("/")
            if folder.endswith("/static") and file.endswith((".js", ".css")):
                part = "style" if file.endswith(".css") else "pages" if file.startswith("pages.") else "start"
                parts[part].append(files.read(name))
    return parts


def kilobytes(files: list[bytes], packed: bool = False) -> float:
    """The sum over the files, raw or gzipped one by one."""
    return round(sum(len(gzip.compress(each, 9)) if packed else len(each) for each in files) / 1e3, 1)


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
        start, pages, css = fetched(wheel).values()
        js = start + pages
        added = sorted(name.removesuffix(".dist-info") for name in after - before)
        figures = {
            "distributions_added": len(added),
            "which": added,
            "megabytes_added": round(whole - plain, 1),
            "megabytes_plain": round(plain, 1),
            "wheel_kilobytes": round(wheel.stat().st_size / 1e3),
            "javascript_kilobytes": kilobytes(js),
            "javascript_gzip_kilobytes": kilobytes(js, packed=True),
            "start_kilobytes": kilobytes(start),
            "start_gzip_kilobytes": kilobytes(start, packed=True),
            "style_kilobytes": kilobytes(css),
            "style_gzip_kilobytes": kilobytes(css, packed=True),
            "fetched_kilobytes": kilobytes(js + css),
            "fetched_gzip_kilobytes": kilobytes(js + css, packed=True),
        }
    goals = {
        "distributions_added": (len(added), 20),
        "megabytes_added": (whole - plain, 95),
        "start_kilobytes": (figures["start_kilobytes"], 300),
        "start_gzip_kilobytes": (figures["start_gzip_kilobytes"], 100),
        "javascript_kilobytes": (figures["javascript_kilobytes"], 300),
        "javascript_gzip_kilobytes": (figures["javascript_gzip_kilobytes"], 100),
    }
    close("weight", figures, goals)


if __name__ == "__main__":
    main()
