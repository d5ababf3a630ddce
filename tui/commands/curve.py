"""`youju curve`: an outcome of one claim over an amount of it, with every break point to the fen."""

from __future__ import annotations

import argparse
from typing import Any

from corpus.workspace import Policy, Workspace
from grammar.document import Kind, Origin, Term
from grammar.lexer import nearest_term
from interpreter.claim import Claim
from interpreter.curve import curve, default_range
from interpreter.filing import typed_money
from interpreter.trials import attempts
from interpreter.values import is_number
from tui.commands.claims import filed_in, missing_path
from tui.commands.policies import open_usable
from tui.text.console import FAULTS, OK, USAGE, emit, say, tell
from tui.text.curve import curve_data, curve_lines, money


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("policy", metavar="POLICY", help="政策：通知代号，或者政策文件、文件夹的路径")
    parser.add_argument("claim", metavar="CLAIM", help="申报文件，一笔申报；- 读标准输入")
    parser.add_argument("--over", metavar="FIELD", required=True, help="沿哪个金额：填报的事实或者参数")
    parser.add_argument("--outcome", metavar="NAME", default="", help="看哪个结果；不写则看第一个不为零的金额")
    parser.add_argument("--visit", metavar="N", type=int, default=1, help="第几笔就诊（默认 1）")
    parser.add_argument("--to", metavar="AMOUNT", default="", help="到多少元为止；不写则到声明的上限，没有上限的到填报金额的两倍")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(arguments: argparse.Namespace) -> int:
    policy, usable = open_usable(Workspace.open(), arguments.policy)
    if policy is None:
        return USAGE
    if not usable:
        return FAULTS
    wrong = missing_path([arguments.claim])
    term, outcome, said = _axis(policy, arguments.over, arguments.outcome)
    high, unread = typed_money(arguments.to) if arguments.to else (None, "")
    if wrong or said or unread:
        tell(wrong or said or unread)
        return USAGE
    assert term is not None
    return _drawn(policy, term, outcome, high, arguments)


def _drawn(policy: Policy, term: Term, outcome: str, high: int | None, arguments: argparse.Namespace) -> int:
    claim, data, wrong = _claim(policy, arguments.claim)
    if claim is None:
        tell(wrong)
        return FAULTS
    if not 1 <= arguments.visit <= len(claim.visits):
        tell(f"申报只有 {len(claim.visits)} 笔就诊")
        return USAGE
    visit = arguments.visit - 1
    low, usual = default_range(term, claim, visit)
    if (high or usual) <= low:
        tell(f"“{term.name}”没有填报，也没有声明上限：请用 --to 写到多少元为止")
        return USAGE
    outcome = outcome or _first(policy, claim, visit)
    place = -1 if term.origin is Origin.PARAMETER else visit
    found = curve(attempts(data, policy.read, policy.decide), term, place, visit, outcome, low, high or usual, lambda: False)
    if arguments.json:
        emit({"政策": policy.key, "字段": term.name, "结果": outcome} | curve_data(found))
    else:
        say("\n".join(curve_lines(f"{outcome} 随 {term.name}，自 {money(low)} 至 {money(high or usual)}", found)))
    return OK


def _axis(policy: Policy, over: str, outcome: str) -> tuple[Term | None, str, str]:
    book, graph = policy.compiled().book, policy.compiled().graph
    fields = {
        t.name: t for t in book.terms if t.kind is Kind.MONEY and not t.keyed and (t.origin in (Origin.FACT, Origin.PARAMETER) or t.filed_first)
    }
    outcomes = tuple(o for o in graph.outcomes if book.term[o].kind is Kind.MONEY)
    for what, name, names in (("金额", over, tuple(fields)), ("结果", outcome, ("", *outcomes))):
        if name not in names:
            near = nearest_term(name[:80], tuple(n for n in names if n))
            return None, "", f"没有{what}“{name[:80]}”" + (f"，是否指“{near}”？" if near else f"，可以写：{'、'.join(n for n in names if n)}")
    return fields[over], outcome, ""


def _claim(policy: Policy, name: str) -> tuple[Claim | None, dict[str, Any], str]:
    filed = filed_in(name)
    if len(filed) != 1 or filed[0].fault:
        return None, {}, f"{name}：{filed[0].fault}" if len(filed) == 1 else f"{name} 有 {len(filed)} 笔申报，这里只看一笔"
    claim, faults = policy.read(filed[0].data)
    return claim, filed[0].data, f"{filed[0].where}：{'；'.join(faults)}"


def _first(policy: Policy, claim: Claim, visit: int) -> str:
    """The first amount that is something and was not filed."""
    decision = policy.decide(claim)
    money_ = [o for o in decision.graph.outcomes if policy.compiled().book.term[o].kind is Kind.MONEY]
    told = (o for o in money_ if o not in claim.visits[visit] and is_number(v := decision.visits[visit].value(decision.graph, o)) and v != 0)
    return next(told, money_[0] if money_ else "")
