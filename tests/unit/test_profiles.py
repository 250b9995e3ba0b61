"""Profiles: where they come from, what may be changed, and where keys are."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from jupyter_reconst.core.errors import BadInput, NotFound, StoreError
from jupyter_reconst.core.requests import Choose, Connect, Disconnect, Probing, Profile
from jupyter_reconst.models.addresses import Rules
from jupyter_reconst.models.keys import Both, Key, KeyFile, Keyring, secrets
from jupyter_reconst.models.local import PROFILE, Embedded
from jupyter_reconst.models.profiles import ENVIRONMENT, Profiles
from tests.faulty import Faulty

CANARY = "sk-canary-7Qd4ZpXw91LmTv"


def connecting(
    name: str = "mine", url: str = "https://api.example.org/v1", key: str | None = CANARY, **more: Any
) -> Connect:
    return Connect(profile=Profile(name=name, base_url=url, **more), key=None if key is None else SecretStr(key))


async def key_of(profiles: Profiles, name: str) -> str:
    way = await profiles.way(name)
    assert way is not None
    return way.key.reveal()


async def test_a_profile_is_kept_and_its_key_is_not_given_back(tmp_path: Path) -> None:
    said = await Profiles(tmp_path).connect(connecting(model="m-1", timeout=30, context=4_096, at_once=3))
    assert said.chosen == "mine" and said.profiles[0].has_key and said.profiles[0].context == 4_096
    assert said.profiles[0].at_once == 3
    again = Profiles(tmp_path)
    assert await again.profiles() == said
    assert CANARY not in repr(said) + said.model_dump_json() + repr(await again.way())
    assert await key_of(again, "mine") == CANARY


async def test_files_are_the_owners_alone(tmp_path: Path) -> None:
    await Profiles(tmp_path / "data").connect(connecting())
    found = {path.name: path for path in (tmp_path / "data").iterdir()}
    assert set(found) == {"profiles.json", "keys.json"}, "and nothing half-written"
    assert CANARY not in found["profiles.json"].read_text()
    if sys.platform != "win32":
        modes = {stat.S_IMODE(path.stat().st_mode) for path in found.values()}
        assert modes == {0o600} and stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


async def test_an_absent_key_stays_and_an_empty_one_goes(tmp_path: Path) -> None:
    profiles = Profiles(tmp_path)
    await profiles.connect(connecting())
    await profiles.connect(connecting(key=None, model="other"))
    assert await key_of(profiles, "mine") == CANARY
    said = await profiles.connect(connecting(key=""))
    assert not said.profiles[0].has_key and CANARY not in (tmp_path / "keys.json").read_text()


@pytest.mark.parametrize(
    "url", ["https://evil.example/v1", "http://api.example.org/v1", "https://api.example.org:81/v1"]
)
async def test_a_key_does_not_follow_its_profile_to_another_host(tmp_path: Path, url: str) -> None:
    profiles = Profiles(tmp_path)
    await profiles.connect(connecting())
    with pytest.raises(BadInput, match="another address"):
        await profiles.connect(connecting(url=url, key=None))
    probed = await profiles.probe(Probing(base_url=url, profile="mine"))
    assert not probed.ok and probed.problem is not None and "another address" in probed.problem.message
    await profiles.connect(connecting(url=url, key="sk-new"))
    assert await key_of(profiles, "mine") == "sk-new"


async def test_the_environment_makes_a_profile(tmp_path: Path) -> None:
    assert (await Profiles(tmp_path, environ={}).profiles()).profiles == ()
    environ = {"OPENAI_API_KEY": CANARY, "OPENAI_MODEL": "m"}
    way = await Profiles(tmp_path, environ=environ).way()
    assert way is not None and way.profile.name == ENVIRONMENT and not way.profile.editable
    assert (way.profile.base_url, way.profile.model) == ("https://api.openai.com/v1", "m")
    local = await Profiles(tmp_path, environ={"OPENAI_BASE_URL": "http://localhost:11434/v1/"}).way()
    assert local is not None and local.profile.base_url == "http://localhost:11434/v1" and not local.key


async def test_the_operators_profiles_cannot_be_changed(tmp_path: Path) -> None:
    configured = [
        {
            "name": "house",
            "base_url": "https://llm.example.org/v1",
            "api_key_env": "HOUSE_KEY",
            "context": 32_000,
            "at_once": 64,
        }
    ]
    profiles = Profiles(tmp_path, configured, {"HOUSE_KEY": CANARY, "OPENAI_API_KEY": "sk-other"})
    way = await profiles.way()
    assert way is not None and (way.profile.name, way.key.reveal(), way.profile.context) == ("house", CANARY, 32_000)
    assert way.profile.at_once == 64
    with pytest.raises(BadInput):
        await profiles.connect(connecting("house"))
    with pytest.raises(BadInput):
        await profiles.disconnect(Disconnect(profile="house"))
    said = await profiles.choose(Choose(profile="house", model="big"))
    assert said.chosen == "house" and next(p for p in said.profiles if p.name == "house").model == "big"


@pytest.mark.parametrize(
    "entry",
    [
        {"name": "", "base_url": "https://x.example/v1"},
        {"name": "embedded", "base_url": "https://x.example/v1"},
        {"name": "x"},
        {"name": "x", "base_url": "https://x.example/v1", "key": "sk"},
        {"name": "x", "base_url": "https://x.example/v1", "timeout": -1},
        {"name": "x", "base_url": "https://x.example/v1", "context": 0},
    ],
)
def test_a_configured_profile_that_cannot_be_used_is_named(tmp_path: Path, entry: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        Profiles(tmp_path, [entry])


async def test_which_one_is_used(tmp_path: Path) -> None:
    configured = [{"name": n, "base_url": f"https://{n}.example.org/v1"} for n in ("one", "two")]
    profiles = Profiles(tmp_path, configured, {"OPENAI_API_KEY": CANARY}, default="two")
    assert (await profiles.profiles()).chosen == "two"
    assert (await profiles.connect(connecting())).chosen == "mine"
    assert (await profiles.choose(Choose(profile="one"))).chosen == "one"
    assert (await profiles.connect(connecting("spare").model_copy(update={"choose": False}))).chosen == "one"
    await profiles.choose(Choose(profile="mine"))
    assert (await profiles.disconnect(Disconnect(profile="mine"))).chosen == "two"
    with pytest.raises(NotFound):
        await profiles.choose(Choose(profile="mine"))


@pytest.mark.parametrize("name", ["nobody", "https://evil.example/v1", "../../etc", "mine\n"])
async def test_notebook_cannot_set_endpoint(tmp_path: Path, name: str) -> None:
    """An ask may name a profile, and a profile only."""
    profiles = Profiles(tmp_path)
    await profiles.connect(connecting())
    with pytest.raises(NotFound):
        await profiles.way(name)


async def test_the_operators_list_covers_everything_that_is_not_the_operators(tmp_path: Path) -> None:
    await Profiles(tmp_path).connect(connecting(url="https://other.example/v1"))
    configured = [{"name": "house", "base_url": "https://llm.example.net/v1"}]
    profiles = Profiles(tmp_path, configured, {"OPENAI_API_KEY": CANARY}, rules=Rules(allow=("*.example.org",)))
    assert [p.name for p in (await profiles.profiles()).profiles] == ["house"], "saved before, and no longer allowed"
    with pytest.raises(BadInput, match="operator"):
        await profiles.connect(connecting(url="https://other.example/v1"))
    probed = await profiles.probe(Probing(base_url="https://other.example/v1"))
    assert probed.problem is not None and probed.problem.code == "bad_input"


@pytest.mark.parametrize("name", ["", "  ", "embedded", "environment", "a\u200bb", "a\nb"])
async def test_names_that_a_profile_cannot_have(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput):
        await Profiles(tmp_path).connect(connecting(name))


async def test_a_key_is_one_word(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as raised:
        await Profiles(tmp_path).connect(connecting(key=f"{CANARY}\r\nX-Evil: 1"))
    assert CANARY not in str(raised.value) and not (tmp_path / "keys.json").exists()


async def test_a_file_that_cannot_be_read_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "profiles.json").write_text("{ my notes")
    profiles = Profiles(tmp_path)
    assert (await profiles.profiles()).profiles == ()
    with pytest.raises(StoreError):
        await profiles.connect(connecting())
    assert (tmp_path / "profiles.json").read_text() == "{ my notes"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs directories that cannot be written to")
async def test_a_directory_that_cannot_be_written_to(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError):
        await Profiles(tmp_path).connect(connecting())
    tmp_path.chmod(0o700)


async def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    profiles = Profiles(tmp_path)
    await profiles.connect(connecting())
    before = (tmp_path / "profiles.json").read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError) as raised:
        await profiles.connect(connecting("second"))
    assert raised.value.code == "store_full"
    assert (tmp_path / "profiles.json").read_bytes() == before and len(list(tmp_path.iterdir())) == 2


async def test_probing_lists_the_models(tmp_path: Path) -> None:
    profiles = Profiles(tmp_path)
    async with Faulty(models=["b", "a"]) as server:
        probed = await profiles.probe(Probing(base_url=server.url, key=SecretStr(CANARY)))
        assert (probed.ok, probed.models, probed.warning) == (True, ("a", "b"), "")
        for mode, code in {"401": "model_refused", "html": "model_garbled", "redirect": "model_unreachable"}.items():
            server.mode = mode
            probed = await profiles.probe(Probing(base_url=server.url, key=SecretStr(CANARY)))
            assert not probed.ok and probed.problem is not None and probed.problem.code == code
    probed = await profiles.probe(Probing(base_url="http://127.0.0.1:9/v1"))
    assert probed.problem is not None and probed.problem.code == "model_unreachable"


async def test_probing_shows_no_key_that_is_echoed(tmp_path: Path) -> None:
    async with Faulty(models=[f"model-of-{CANARY}"]) as server:
        probed = await Profiles(tmp_path).probe(Probing(base_url=server.url, key=SecretStr(CANARY)))
    assert probed.models == ("model-of-•••",)


async def test_the_embedded_model_is_offered_where_it_can_run(tmp_path: Path) -> None:
    missing = Embedded(tmp_path / "none.gguf")
    assert (await Profiles(tmp_path, embedded=missing).profiles()).profiles == ()
    path = tmp_path / "Toy-1M.gguf"
    path.write_bytes(b"GGUF")
    said = await Profiles(tmp_path, embedded=Embedded(path)).profiles()
    if not Embedded(path).missing():
        assert said.chosen == PROFILE and said.profiles[0].model == "Toy-1M" and said.profiles[0].embedded


class Ring:
    """A keyring in memory that can be locked."""

    priority = 5

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, name: str) -> str | None:
        self._open()
        return self.kept.get((service, name))

    def set_password(self, service: str, name: str, secret: str) -> None:
        self._open()
        self.kept[service, name] = secret

    def delete_password(self, service: str, name: str) -> None:
        self._open()
        del self.kept[service, name]

    def _open(self) -> None:
        if self.locked:
            raise RuntimeError(f"locked: {self.kept}")


async def test_a_keyring_is_used_where_there_is_one(tmp_path: Path) -> None:
    ring = Ring()
    KeyFile(tmp_path / "keys.json").put("old", Key("sk-old"))
    kept = Both(Keyring(ring, tmp_path), KeyFile(tmp_path / "keys.json"))
    profiles = Profiles(tmp_path, kept=kept)
    await profiles.connect(connecting())
    assert list(ring.kept.values()) == [CANARY] and CANARY not in (tmp_path / "keys.json").read_text()
    assert kept.get("old").reveal() == "sk-old"
    await profiles.disconnect(Disconnect(profile="mine"))
    assert ring.kept == {}
    ring.locked = True
    with pytest.raises(StoreError) as raised:
        await profiles.connect(connecting())
    assert CANARY not in str(raised.value) and raised.value.__context__ is None


def test_without_a_working_keyring_keys_are_in_a_file(tmp_path: Path) -> None:
    kept = secrets(tmp_path)
    kept.put("a", Key("sk-1"))
    kept.put("b", Key("sk-2"))
    kept.put("a", Key(""))
    assert (kept.get("a").reveal(), kept.get("b").reveal()) == ("", "sk-2")
    if isinstance(kept, KeyFile):
        assert json.loads((tmp_path / "keys.json").read_text()) == {"b": "sk-2"}
