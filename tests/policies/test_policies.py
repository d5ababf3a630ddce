"""Every bundled policy: clean under strict checking, wholly accounted for, its own and the shared cases to the fen and to the sentence."""

import json
from pathlib import Path

import pytest

from corpus.workspace import Policy, Workspace

CASES = Path(__file__).parents[1] / "cases"
KEYS = Workspace.open().keys()


@pytest.fixture(scope="module", params=KEYS)
def policy(request: pytest.FixtureRequest) -> Policy:
    found, message = Workspace.open().policy(request.param)
    assert found is not None, message
    return found


def case_files(key: str) -> tuple[object, ...]:
    """The shared cases of a notice, and a second set of worked claims where it has one."""
    found = (CASES / f"{key}.json", *CASES.glob(f"{key}.second.json"))
    return tuple(case for path in found for case in json.loads(path.read_text(encoding="utf-8")))


def test_nothing_is_reported_under_strict_checking(policy: Policy) -> None:
    assert [f"{d.code} {d.message}" for d in policy.checked().diagnostics] == []


def test_every_unit_of_the_notice_is_in_exactly_one_state(policy: Policy) -> None:
    checked = policy.checked()
    assert checked.unaccounted == ()
    assert len({unit for unit, _ in checked.accounted}) == len(checked.accounted) == len(policy.notice.units)


def test_at_least_two_fifths_of_the_sentences_are_the_notices_own(policy: Policy) -> None:
    quoting = policy.checked().quoting
    assert quoting.verbatim * 5 >= (quoting.verbatim + quoting.paraphrase) * 2


def test_worked_claims_agree_to_the_fen_and_to_the_sentence(policy: Policy) -> None:
    report = policy.test(case_files(policy.key))
    assert [(c.title, c.differences) for c in report.cases if not c.passed] == []
    assert len(report.cases) >= len(case_files(policy.key)) > 0


def test_every_clause_fires_somewhere_and_not_everywhere(policy: Policy) -> None:
    report = policy.test(case_files(policy.key))
    assert [name for name, fired, unfired in report.coverage if not fired] == []
    assert [name for name, fired, unfired in report.coverage if not unfired] == []
