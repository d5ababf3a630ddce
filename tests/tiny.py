"""A policy of a few lines over a notice of a few lines: what most tests of meaning stand on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from corpus.paragraphs import split
from corpus.workspace import Policy
from grammar.diagnostic import Diagnostic, errors
from grammar.source import Source

KEY = "小"
NOTICE = "一、待遇\n（一）标准。甲类人员按规定给予给付。\n"

#: A head and a vocabulary; `tiny` puts them before policies that have no head of their own.
WORDS = """政策：小政策
原文：小
计算日期：就诊日期

【术语】
人员类别，类别，填报，可以多项：甲类、乙类、丙类。
就诊日期，日期，填报。
费用，金额，填报，又称医药费用。
比例项，比例，填报。
另一比例，比例，填报。
次数，数量，填报。
住院，是非，填报。
转诊，是非，填报。
病种，文本，填报。
出院日期，日期，填报。
标准、限额，金额，参数。
给付，金额，结果。
"""


def tiny(policy: str, notice: str = NOTICE, *, words: str = WORDS, name: str = "小.policy") -> Policy:
    """The policy text after the vocabulary `words`, over `notice` under the key 小."""
    return Policy((Source(name, f"{words}\n{policy}"),), split(KEY, notice))


def convention(*sentences: str, name: str = "甲") -> str:
    """A clause of conventions: sentences that need no notice."""
    return f"【条款 {name}】\n" + "\n".join(f"约定：{s}" for s in sentences) + "\n"


def faults(policy: Policy) -> tuple[Diagnostic, ...]:
    """Errors of reading and compiling, without the checks."""
    return errors(policy.compiled().diagnostics)


def said(diagnostic: Diagnostic) -> str:
    """All words of a diagnostic."""
    return "\n".join((diagnostic.message, diagnostic.hint, *(r.message for r in diagnostic.related)))


def run(policy: Policy, *visits: Mapping[str, Any], **rest: Any) -> dict[str, Any]:
    """The whole answer to a claim of these visits; `rest` holds 参数, 读法, 事件. The policy must compile."""
    assert () == faults(policy), [said(d) for d in faults(policy)]
    claim, wrong = policy.read({"就诊": [dict(v) for v in visits], **rest})
    assert claim is not None, wrong
    return policy.result(policy.decide(claim))


def outcome(policy: Policy, name: str = "给付", parameters: Mapping[str, Any] | None = None, **facts: Any) -> Any:
    """One outcome of a claim of one visit."""
    answer = run(policy, {"就诊日期": "2023-05-01", **facts}, 参数=dict(parameters or {}))
    return answer["就诊"][0]["结果"].get(name)


def undetermined(policy: Policy, name: str = "给付", parameters: Mapping[str, Any] | None = None, **facts: Any) -> dict[str, Any]:
    """The row of 待定 for one outcome, or nothing."""
    answer = run(policy, {"就诊日期": "2023-05-01", **facts}, 参数=dict(parameters or {}))
    return next((row for row in answer["就诊"][0]["待定"] if row["项目"] == name), {})
