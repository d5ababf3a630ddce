"""Which clauses rest on a unit: found from the statements, and checked against the policy files as a reader sees them."""

import pytest

from corpus.policies import bundled_policy_keys
from corpus.workspace import Workspace
from interpreter.checks.accounting import states
from interpreter.checks.reading import Dossier
from interpreter.citations import Citing, citations, is_encoded

CLAUSES = ("照录", "释义", "约定", "推导", "读法")


def cited(key: str) -> dict[str, tuple[Citing, ...]]:
    policy, message = Workspace.open().policy(key)
    assert policy, message
    return citations(policy.compiled())


@pytest.mark.parametrize("key", bundled_policy_keys())
def test_what_is_cited_is_what_is_accounted_as_encoded(key: str) -> None:
    policy, _ = Workspace.open().policy(key)
    assert policy
    compiled = policy.compiled()
    encoded = {unit for unit, state in states(Dossier(compiled)).items() if state == "已编码"}
    assert encoded and encoded == {unit for unit, rows in citations(compiled).items() if is_encoded(rows)}


@pytest.mark.parametrize("key", bundled_policy_keys())
def test_a_citation_stands_on_the_line_it_names(key: str) -> None:
    policy, _ = Workspace.open().policy(key)
    assert policy
    texts = {source.name: source for source in policy.sources}
    for unit, rows in citations(policy.compiled()).items():
        assert unit in policy.notice.by_id
        for row in rows:
            assert row.line > 0 and row.written
            assert row.written.splitlines()[0] in texts[row.source].line(row.line)


def test_a_unit_no_clause_rests_on_has_its_account_with_the_reason() -> None:
    rows = [row for found in cited("susong-2006").values() for row in found if row.accounts]
    assert {"说明性"} <= {row.standing for row in rows}
    reasons = [row.read_back.rstrip("。") for row in rows]
    assert any(reasons) and all(reason in row.written for row, reason in zip(rows, reasons, strict=True))


def test_a_statement_has_its_clause_its_standing_and_what_it_was_read_as() -> None:
    rows = [row for found in cited("fumeng-2022").values() for row in found if row.read_back and not row.accounts]
    assert rows
    assert {row.standing for row in rows} <= set(CLAUSES)
    verbatim = next(row for row in rows if row.standing == "照录")
    assert verbatim.anchor.quote and verbatim.anchor.quote in verbatim.written
