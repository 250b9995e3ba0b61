"""Where a prompt may be sent: the rules for an endpoint's address, and the one lookup that is used."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

import pytest

from jupyter_reconst.core.errors import BadInput, ModelUnreachable, ReconstError
from jupyter_reconst.models.addresses import Lookup, Rules, display, reach, warning


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.example.org/v1",
        "ftp://example.org/v1",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "https://user:secret@example.org/v1",
        "https://sk-key@example.org/v1",
        "https://example.org/v1?key=1",
        "https://example.org/v1#x",
        "https://exa mple.org/v1",
        "https://example.org\\@evil.example/v1",
        "https://example.org:99999/v1",
        "https://[::1/v1",
        "http://169.254.169.254/latest",
        "http://0xA9FEA9FE/latest",
        "http://2852039166/latest",
        "http://[fe80::1]/v1",
        "http://[::ffff:169.254.169.254]/v1",
        "http://[64:ff9b::a9fe:a9fe]/v1",
        "http://[fd00:ec2::254]/v1",
        "http://168.63.129.16/v1",
        "http://100.100.100.200/v1",
        "http://0.0.0.0/v1",
        "http://[::]/v1",
        "http://224.0.0.1/v1",
    ],
)
def test_an_address_that_may_not_be_used(url: str) -> None:
    with pytest.raises(BadInput) as raised:
        Rules().check(url)
    assert "secret" not in str(raised.value) and "sk-key" not in str(raised.value)


@pytest.mark.parametrize(
    "url",
    [
        "https://api.example.org/v1",
        "http://localhost:11434/v1",
        "http://127.0.0.1:8080/v1",
        "http://[::1]:8080/v1",
        "http://192.168.1.4:8000/v1",
        "https://gateway.example.org:8443/openai/v1",
    ],
)
def test_an_address_that_may_be_used(url: str) -> None:
    assert Rules().check(f" {url}/ ") == url


def test_the_operators_list_of_hosts() -> None:
    rules = Rules(allow=("*.example.org", "localhost:11434"))
    assert rules.check("https://api.example.org/v1") and rules.check("http://localhost:11434/v1")
    for url in ("https://example.org.evil.example/v1", "http://localhost:8080/v1", "https://other.example/v1"):
        with pytest.raises(BadInput, match="operator"):
            rules.check(url)
    assert rules.check("https://other.example/v1", configured=True)


def test_link_local_addresses_if_the_operator_says_so() -> None:
    assert Rules(link_local=True).check("http://169.254.10.1:8000/v1")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("8.8.8.8", "public"),
        ("2606:4700::1111", "public"),
        ("10.1.2.3", "private"),
        ("100.64.0.1", "private"),
        ("fd12::1", "private"),
        ("127.0.0.53", "loopback"),
        ("::ffff:127.0.0.1", "loopback"),
        ("169.254.1.1", "link-local"),
        ("::ffff:10.0.0.1", "private"),
        ("64:ff9b::808:808", "public"),
    ],
)
def test_how_far_away_an_address_is(address: str, expected: str) -> None:
    assert reach(ipaddress.ip_address(address)) == expected


def test_a_warning_where_the_way_is_not_encrypted() -> None:
    assert "not encrypted" in warning("http://llm.example.org/v1")
    for url in (
        "https://llm.example.org/v1",
        "http://localhost:1/v1",
        "http://127.0.0.1:1/v1",
        "http://[::1]:1/v1",
        "",
    ):
        assert warning(url) == ""


def test_what_is_shown_of_an_address() -> None:
    assert display("https://api.example.org:8443/v1/x") == "https://api.example.org:8443"


class Names:
    """A resolver that answers from a list, and counts."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked += 1
        return self.answers[min(self.asked, len(self.answers)) - 1]


async def test_one_lookup_is_judged_and_used() -> None:
    names = Names(["8.8.8.8", "8.8.4.4"])
    lookup = Lookup(Rules(), names)
    assert await lookup.addresses("api.example.org", 443) == ("8.8.8.8", "8.8.4.4")
    assert await lookup.addresses("api.example.org", 443) == ("8.8.8.8", "8.8.4.4")
    assert names.asked == 1


@pytest.mark.parametrize("second", ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1", "0.0.0.0"])
async def test_rebinding(second: str, monkeypatch: pytest.MonkeyPatch) -> None:
    names = Names(["8.8.8.8"], [second])
    lookup = Lookup(Rules(), names)
    await lookup.addresses("rebinding.example.org", 443)
    lookup._found = None  # As if the judged lookup had grown old.
    with pytest.raises(ReconstError, match="nothing was sent"):
        await lookup.addresses("rebinding.example.org", 443)
    assert names.asked == 2


async def test_a_name_with_a_foot_inside_and_one_outside() -> None:
    with pytest.raises(ModelUnreachable):
        await Lookup(Rules(), Names(["8.8.8.8", "127.0.0.1"])).addresses("mixed.example.org", 443)


async def test_a_name_that_leads_nowhere() -> None:
    with pytest.raises(ModelUnreachable, match="leads nowhere"):
        await Lookup(Rules(), Names([])).addresses("nowhere.example.org", 443)
