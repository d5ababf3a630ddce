"""The readable answer to a claim: outcomes, what is undetermined and why, who pays what, totals, remarks."""

from __future__ import annotations

from typing import Any

from corpus.workspace import Policy
from grammar.address import spoken as cited
from grammar.document import Kind
from grammar.literals import money_text
from interpreter.decision import Decision, VisitDecision
from interpreter.values import NOT_APPLICABLE, Pending, is_pending
from interpreter.wording import cause_text, spoken
from tui.text.layout import columns, width_of, wrapped


def report(policy: Policy, decision: Decision, result: dict[str, Any], where: str) -> list[str]:
    book = policy.compiled(decision.claim.readings).book
    chain = [line for letter in book.chain for line in wrapped(letter, "转发：", "      ")]
    lines = [*wrapped(f"{book.name}（{policy.key}）"), *chain, f"申报：{where}", ""]
    for visit, answer in zip(decision.visits, result["就诊"], strict=True):
        lines += [*_head(decision, visit), *_outcomes(policy, decision, visit), *_conflicts(policy, decision, visit), *_supposed(decision, answer)]
        lines += ["", *_waterfall(decision, visit, answer), ""]
    if len(decision.visits) > 1 or decision.original:
        lines += _totals(result["合计"])
    return lines + _remarks(result["提示"])


def _head(decision: Decision, visit: VisitDecision) -> list[str]:
    notes = [f"按{member}计算" for _, member in visit.chosen] + (["已作废"] if visit.voided else [])
    several = len(decision.visits) > 1
    head = f"第{visit.number + 1}笔" if several else "结果"
    return [head + (f"（{'，'.join(notes)}）" if notes else "")]


def _outcomes(policy: Policy, decision: Decision, visit: VisitDecision) -> list[str]:
    """Amounts flush right under each other; an undetermined one says why; those that do not concern the person are named in one line."""
    terms = policy.compiled(decision.claim.readings).book.term
    values = {name: visit.value(decision.graph, name) for name in decision.graph.outcomes}
    amounts = {name: spoken(value, terms[name].kind) for name, value in values.items() if value is not NOT_APPLICABLE}
    widest = max((width_of(text) for name, text in amounts.items() if terms[name].kind is Kind.MONEY), default=0)
    lines = columns([(name, _flush(text, terms[name].kind, widest)) for name, text in amounts.items()], lead="  ")
    lines = [line for row, name in zip(lines, amounts, strict=True) for line in (row, *_why(values[name]))]
    absent = [name for name, value in values.items() if value is NOT_APPLICABLE]
    return lines + (wrapped(f"不适用：{'、'.join(absent)}", "  ", "  ") if absent else [])


def _conflicts(policy: Policy, decision: Decision, visit: VisitDecision) -> list[str]:
    """Every sentence of a conflict, quoted with its place."""
    lines: list[str] = []
    for name, origins in policy.explain(decision, visit.number).conflicts:
        lines += ["", f"  “{name}”有互相冲突的规定："]
        for origin in origins:
            said = "；".join(f"{cited(a.unit)}「{a.quote}」" for a in origin.anchors) or origin.text
            lines += wrapped(f"条款“{origin.clause}”　{said}", "    · ", "      ")
    return lines


def _supposed(decision: Decision, answer: dict[str, Any]) -> list[str]:
    """What the outcomes would be either way, where something declared so is unknown."""
    if not decision.supposed:
        return []
    names = "、".join(dict.fromkeys(name for _, name, _ in decision.supposed))
    rows = [(name, str(value)) for name, value in answer["结果"].items() if name.startswith("若为") or name.endswith(("_下限", "_上限"))]
    return ["", f"  {names}没有填报，各种情形的结果：", *columns(rows, (1,), "    ")]


def _flush(text: str, kind: Kind, widest: int) -> str:
    return " " * (widest - width_of(text)) + text if kind is Kind.MONEY else text


def _why(value: Any) -> list[str]:
    return wrapped(cause_text(value), "      ") if isinstance(value, Pending) else []


def _waterfall(decision: Decision, visit: VisitDecision, answer: dict[str, Any]) -> list[str]:
    """Who pays what, and the bill it adds up to."""
    rows = [(row["付费方"], shown(row["金额"])) for row in answer["瀑布"]]
    if not decision.graph.orders:
        return []
    if not rows:
        return ["谁付多少", "  待定：费用或者其中一份没有确定。"] if not visit.voided else []
    bill = _bill(decision, visit)
    body = columns([*rows, bill] if bill else rows, (1,), "  ")
    if not bill:
        return ["谁付多少", *body]
    return ["谁付多少", *body[:-1], "  " + "─" * (width_of(body[-1]) // 1 - 2), body[-1]]


def _bill(decision: Decision, visit: VisitDecision) -> tuple[str, str] | None:
    """The total of the payment order in force, as `waterfall` chooses it."""
    graph = decision.graph
    for guard, total, _, _ in graph.orders:
        if (guard < 0 or visit.values[guard] is True) and not is_pending(visit.value(graph, total)):
            return total, spoken(visit.value(graph, total), Kind.MONEY)
    return None


def _totals(totals: dict[str, Any]) -> list[str]:
    rows = [(name, shown(value)) for name, value in totals.items() if isinstance(value, str)]
    listed = [(name, "、".join(shown(v) for v in value)) for name, value in totals.items() if isinstance(value, list)]
    return ["各笔合计", *columns(rows, (1,), "  "), *(line for name, said in listed for line in wrapped(f"{name}：{said}", "  ", "    ")), ""]


def _remarks(said: list[str]) -> list[str]:
    if not said:
        return []
    return ["提示", *(line for note in said for line in wrapped(note, "  · ")), ""]


def shown(value: Any) -> str:
    """A value of a result for people: 2,047.50元 for "2047.50"."""
    if isinstance(value, bool):
        return "是" if value else "否"
    text = str(value)
    digits = text.removeprefix("-").replace(".", "", 1)
    is_amount = isinstance(value, str) and text[-3:-2] == "." and digits.isascii() and digits.isdigit()
    return f"{money_text(int(text.replace('.', '')))}元" if is_amount else text
