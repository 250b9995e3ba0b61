"""The OpenAPI file says what the server does, and nothing is left out."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
import typing
from importlib import import_module
from pathlib import Path

import pytest

from jupyter_reconst.core import errors, requests
from jupyter_reconst.doors.server.base import STATUS, status_of
from jupyter_reconst.doors.server.routes import ROUTES, Route

HERE = Path(__file__).parents[2]
OPENAPI = json.loads((HERE / "jupyter_reconst" / "schema" / "openapi.json").read_text(encoding="utf-8"))


def test_the_schemas_are_those_of_the_code() -> None:
    said = subprocess.run([sys.executable, "scripts/contract.py", "--check"], cwd=HERE, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout + said.stderr


def test_every_route_is_in_it() -> None:
    assert set(OPENAPI["paths"]) == {f"/reconst/{route.verb}" for route in ROUTES}


def test_every_reference_leads_somewhere() -> None:
    def walk(value: object) -> typing.Iterator[str]:
        if isinstance(value, dict):
            if isinstance(value.get("$ref"), str):
                yield value["$ref"]
            for item in value.values():
                yield from walk(item)
        elif isinstance(value, list):
            for item in value:
                yield from walk(item)

    for reference in set(walk(OPENAPI)):
        found = OPENAPI
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.verb)
def test_the_handler_takes_and_gives_what_the_table_says(route: Route) -> None:
    module, _, name = route.answers.partition(":")
    function = getattr(import_module(f"jupyter_reconst.doors.server.{module}"), name)
    hints = typing.get_type_hints(function, include_extras=True)
    wanted = getattr(requests, route.request) if route.request else type(None)
    assert hints["request"] is wanted
    assert inspect.isasyncgenfunction(function) == route.stream
    given = hints["return"]
    if route.stream:
        assert typing.get_args(given)[0] == getattr(requests, route.answer)
    else:
        kinds = [kind for kind in typing.get_args(given) or (given,) if kind is not type(None)]
        assert [kind.__name__ for kind in kinds] == [route.answer]


def test_every_error_has_a_status_of_its_own_or_of_its_base() -> None:
    kinds = [k for _, k in inspect.getmembers(errors, inspect.isclass) if issubclass(k, errors.ReconstError)]
    statuses = {kind.code: status_of(kind("…")) for kind in kinds}
    assert set(STATUS) <= set(kinds)
    assert [code for code, status in statuses.items() if status == 500] == ["internal"]
    assert statuses["too_long"] == 413 and statuses["stale"] == 409 and statuses["store_full"] == 507
