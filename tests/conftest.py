"""The policies, opened once, and the shared cases."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.workspace import Policy, Workspace

KEYS = ("fumeng-2022", "linxi-2017")
CASES = Path(__file__).parent / "cases"


class Named(Policy):
    """A policy that a failing test prints by its key."""

    def __repr__(self) -> str:
        return f"<{self.key}>"


def _policy(key: str) -> Policy:
    policy, message = Workspace.open().policy(key)
    assert policy is not None, message
    return Named(policy.sources, policy.notice)


@pytest.fixture(scope="session")
def policies() -> dict[str, Policy]:
    """Key → policy; compiled once for the whole run, never changed."""
    return {key: _policy(key) for key in KEYS}


@pytest.fixture(params=KEYS)
def policy(request: pytest.FixtureRequest, policies: dict[str, Policy]) -> Policy:
    return policies[request.param]


@pytest.fixture(scope="session")
def fumeng(policies: dict[str, Policy]) -> Policy:
    return policies["fumeng-2022"]


@pytest.fixture(scope="session")
def linxi(policies: dict[str, Policy]) -> Policy:
    return policies["linxi-2017"]


@pytest.fixture(scope="session")
def naiman() -> Policy:
    return _policy("naiman-2019")


@pytest.fixture(scope="session")
def anyi() -> Policy:
    return _policy("anyi-2018")


@pytest.fixture(scope="session")
def gansu() -> Policy:
    return _policy("gansu-2018")


@pytest.fixture(scope="session")
def cases() -> dict[str, list[dict[str, Any]]]:
    """Key → the shared worked cases of that notice."""
    return {key: json.loads((CASES / f"{key}.json").read_text(encoding="utf-8")) for key in KEYS}
