"""`youju read`: 回读. Every sentence of every clause as it was understood, beside the words of the notice."""

from __future__ import annotations

import argparse
from typing import Any

from corpus.workspace import Policy, Workspace
from grammar.address import spoken
from grammar.document import Standing, Statement
from grammar.lexer import nearest_term
from grammar.unparse import sentence_text
from interpreter.graph import Origin
from tui.commands.policies import open_policy, pictures
from tui.text.console import FAULTS, OK, USAGE, emit, say, tell
from tui.text.layout import wrapped
from tui.text.steps import titled

Read = tuple[str, Statement, Origin]


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("policy", metavar="POLICY", help="政策：通知代号或者路径")
    parser.add_argument("--clause", metavar="NAME", default="", help="只读这一条款")
    parser.add_argument("--json", action="store_true", help="输出 JSON，一行一句")


def run(arguments: argparse.Namespace) -> int:
    policy = open_policy(Workspace.open(), arguments.policy)
    if policy is None:
        return USAGE
    compiled = policy.compiled()
    statements = compiled.book.statements
    names = tuple(dict.fromkeys(clause for clause, _, _ in statements))
    if arguments.clause and arguments.clause not in names:
        near = nearest_term(arguments.clause[:80], names)
        tell(f"没有条款“{arguments.clause[:80]}”" + (f"，是否指“{near}”？" if near else f"。全部条款：{'、'.join(names) or '（无）'}"))
        return USAGE
    wanted = [s for s in statements if arguments.clause in ("", s[0])]
    (_as_json if arguments.json else _as_text)(policy, wanted)
    for said in pictures(policy, compiled.diagnostics):
        tell(said)
    return OK if compiled.usable else FAULTS


def _as_text(policy: Policy, wanted: list[Read]) -> None:
    before = ""
    for clause, statement, origin in wanted:
        if clause != before:
            say(("" if not before else "\n") + titled(origin))
        before = clause
        say("\n".join(_lines(policy, statement, origin)))


def _lines(policy: Policy, statement: Statement, origin: Origin) -> list[str]:
    """Place and words of the notice, then what was understood; the standing says how the two hang together."""
    places = [wrapped(f"{spoken(a.unit)}「{words(policy, a.unit, a.quote)}」", "  原文　", "        ") for a in origin.anchors]
    lines = [line for place in places for line in place] or ["  原文　（没有：本句是约定）"]
    given = _as_written(policy, statement, origin)
    if statement.standing is not Standing.VERBATIM and given:
        lines += wrapped(given, "  写作　", "        ")
    return [*lines, *wrapped(f"读作：{sentence_text(statement.sentence)}", f"  {statement.standing}　", "        ")]


def words(policy: Policy, unit: str, quote: str) -> str:
    found = policy.notice.by_id.get(unit)
    return quote or (found.text if found else "")


def _as_written(policy: Policy, statement: Statement, origin: Origin) -> str:
    source = next((s for s in policy.sources if s.name == origin.source), None)
    return source.text[statement.span.start : statement.span.end] if source else ""


def _as_json(policy: Policy, wanted: list[Read]) -> None:
    for clause, statement, origin in wanted:
        places: list[dict[str, Any]] = [{"条": a.unit, "原文": words(policy, a.unit, a.quote)} for a in origin.anchors]
        emit({"条款": clause, "出处": str(statement.standing), "依据": places, "读作": sentence_text(statement.sentence)})
