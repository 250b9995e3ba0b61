"""The one script of this checkout. Standard library only; everything it installs goes into `.venv` and `node_modules`.

python3 run.py lab [--no-browser] [--port N]   build, install and open JupyterLab on the first example
python3 run.py test [SUITE…]                   install what the tests need and run them
python3 run.py check                           linters, types and walls
python3 run.py bench [NAME…]                   measure; each ends in one line of JSON
python3 run.py soak                            long fault tests
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Collection, Sequence

from scripts import checks, install, serve, suites
from scripts.machine import PYTHON, ROOT, Missing, environment, need_browser, say

BENCHMARKS = ROOT / "benchmarks"
BROWSED = {"crowded", "panel", "rows"}
"""Benchmarks in Chromium."""


def main(arguments: Sequence[str]) -> int:
    if sys.version_info < (3, 10):  # noqa: UP036 - this is where somebody with an older one learns it
        raise SystemExit(f"Python 3.10 or newer is needed; this is {sys.version.split()[0]}.")
    ours, more = list(arguments), []
    if "--" in ours:
        ours, more = ours[: ours.index("--")], ours[ours.index("--") + 1 :]
    options = parser().parse_args(ours)
    options.more = more
    try:
        return int(options.act(options))
    except Missing as error:
        print(f"\n{error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def lab(options: argparse.Namespace) -> int:
    install.ready("lab")
    return serve.serve(options.port, not options.no_browser, options.more)


def test(options: argparse.Namespace) -> int:
    known(options.suite, suites.SUITES)
    install.ready("dev")
    return suites.test(options.suite, options.more)


def check(options: argparse.Namespace) -> int:
    install.ready("dev")
    return checks.check()


def soak(options: argparse.Namespace) -> int:
    install.ready("dev")
    return suites.soak(options.more)


def bench(options: argparse.Namespace) -> int:
    all_of_them = sorted(path.stem for path in BENCHMARKS.glob("*.py") if not path.stem.startswith("_"))
    known(options.name, all_of_them)
    install.ready("dev")
    failed = 0
    for name in options.name or all_of_them:
        say(f"== {name}")
        command = [str(PYTHON), str(BENCHMARKS / f"{name}.py"), *options.more]
        env = environment(CHROMIUM=str(need_browser())) if name in BROWSED else environment()
        failed += bool(subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL).returncode)
    return 1 if failed else 0


def known(named: Sequence[str], there: Collection[str]) -> None:
    unknown = [name for name in named if name not in there]
    if unknown:
        raise Missing(f"There is no {', '.join(unknown)}; there are: {', '.join(there)}.")


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(prog="run.py", description=(__doc__ or "").partition("\n")[0])
    acts = whole.add_subparsers(required=True, metavar="COMMAND")
    one = acts.add_parser("lab", help="build, install and open JupyterLab on the first example")
    one.add_argument("--no-browser", action="store_true", help="print the address instead of opening it")
    one.add_argument("--port", type=int, help="the port to serve on (default: the first free one from 8888)")
    one.set_defaults(act=lab)
    one = acts.add_parser("test", help="install what the tests need and run them")
    one.add_argument("suite", nargs="*", metavar="SUITE", help=f"{', '.join(suites.SUITES)} (default: all)")
    one.set_defaults(act=test)
    one = acts.add_parser("check", help="linters, types and walls")
    one.set_defaults(act=check)
    one = acts.add_parser("bench", help="measure; each benchmark ends in one line of JSON")
    one.add_argument("name", nargs="*", help="which benchmarks (default: all)")
    one.set_defaults(act=bench)
    one = acts.add_parser("soak", help="long fault tests")
    one.set_defaults(act=soak)
    return whole


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
