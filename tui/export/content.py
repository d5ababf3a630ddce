"""The text of a decision: what was filed, who pays what, every step with its sentence, what did not apply and why, parameters and readings used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from grammar.address import spoken as cited
from interpreter.decision import Decision
from interpreter.explain import Explanation, Fired
from interpreter.result import ENGINE
from tui.export.blocks import Block, Heading, Item, Items, Para, Quote, Table
from tui.screens.case import Case
from tui.text.report import shown
from tui.text.steps import claimed, headed, parameters_used, readings_used, refused, told, unexplained
from tui.widgets.field_rows import claim_fields


def content(case: Case) -> list[Block]:
    """Of a claim that was decided."""
    decision = case.decision
    assert decision is not None
    result = case.policy.result(decision)
    blocks: list[Block] = [Heading(1, f"{case.book.name}　核定说明"), Para(f"申报：{case.sample.title}"), *_origin(case, result)]
    for number in range(len(decision.visits)):
        blocks += _visit(case, decision, result, number)
    if len(decision.visits) > 1 or decision.original:
        blocks += _totals(result["合计"])
    blocks += [Heading(2, "提示"), Items(tuple(Item(said) for said in result["提示"]))] if result["提示"] else []
    return blocks


def _origin(case: Case, result: dict[str, Any]) -> Iterator[Block]:
    yield Para(f"政策：{case.policy.key}（{result['政策哈希']}）　由 {ENGINE} 核定")
    if case.book.chain:
        yield Para(f"转发：{'、'.join(case.book.chain)}")


def _visit(case: Case, decision: Decision, result: dict[str, Any], number: int) -> Iterator[Block]:
    which = f"（第{number + 1}笔）" if len(decision.visits) > 1 else ""
    explanation = case.policy.explain(decision, number)
    answer = result["就诊"][number]
    yield Heading(2, f"填报的内容{which}")
    yield _filed(case, explanation, number)
    yield Heading(2, f"结果{which}")
    if answer.get("作废"):
        yield Para("本笔已作废")
    yield Table(("项目", "结果"), tuple((name, shown(value)) for name, value in answer["结果"].items() if value != "不适用"), (1,))
    if answer["待定"]:
        yield Items(tuple(_waiting(row) for row in answer["待定"]))
    if answer["瀑布"]:
        yield Heading(2, f"谁付多少{which}")
        yield Table(("负担方", "金额"), tuple((row["付费方"], shown(row["金额"])) for row in answer["瀑布"]), (1,))
    yield from _steps(case, explanation, which)
    yield from _used(case, explanation, which)


def _filed(case: Case, explanation: Explanation, number: int) -> Block:
    """Every field filled in; a list line by line."""
    fields = [f for f in claim_fields(case.policy, case.sample, case.data, number, explanation) if f.raw is not None]
    rows = [(f.term.name, item) for f in fields for item in (f.items if f.is_list else (f.text,))]
    return Table(("栏目", "填报"), tuple(rows))


def _waiting(row: dict[str, Any]) -> Item:
    """What an outcome waits for; of a conflict every sentence."""
    missing = f"缺少{'、'.join(row['缺少'])}" if "缺少" in row else ""
    others = "、".join(f"{why['情形']}：{why['内容']}" for why in row.get("原因", ()))
    ruled = (said for conflict in row.get("冲突", ()) for said in conflict["规定"])
    quotes = tuple(Quote(f"{cited(said['条'])} 条款“{said['条款']}”", said["原文"]) for said in ruled)
    return Item(f"“{row['项目']}”待定：{'；'.join(p for p in (missing, others) if p)}", "", quotes)


def _steps(case: Case, explanation: Explanation, which: str) -> Iterator[Block]:
    yield Heading(2, f"怎样算出来的{which}")
    for outcome, said, mine in told(case.book, explanation):
        yield Heading(3, f"{outcome}　{said}")
        yield Items(tuple(_step(fired) for fired in mine) or (Item(unexplained(explanation, outcome)),))
    clauses = refused(explanation)
    if clauses:
        yield Heading(2, f"没有适用的条款{which}")
        yield Items(tuple(Item(f"{title}　{'、'.join(places)}：{'；'.join(why)}") for title, places, why in clauses))


def _step(fired: Fired) -> Item:
    return Item(claimed(fired), headed(fired.origin), tuple(Quote(cited(a.unit), a.quote) for a in fired.origin.anchors))


def _used(case: Case, explanation: Explanation, which: str) -> Iterator[Block]:
    parameters, readings = parameters_used(explanation), readings_used(case.book, explanation)
    if parameters:
        yield Heading(2, f"用到的参数{which}")
        yield Table(("参数", "取值"), tuple(parameters.items()))
    if readings:
        yield Heading(2, f"用到的读法{which}")
        yield Items(tuple(Item(said) for said in readings))


def _totals(totals: dict[str, Any]) -> Iterator[Block]:
    rows = [(name, shown(value)) for name, value in totals.items() if not isinstance(value, (dict, list))]
    yield Heading(2, "各笔合计")
    yield Table(("项目", "合计"), tuple(rows), (1,))
