"""`youju check`: what is wrong with a policy, where, and how much of its notice it accounts for."""

from __future__ import annotations

import argparse
from typing import Any

from corpus.workspace import Policy, Workspace
from grammar.address import spoken
from grammar.diagnostic import Diagnostic, Severity
from interpreter.checks.table import Checked
from tui.commands.policies import open_policy, pictures
from tui.text.console import FAULTS, OK, USAGE, emit, mark, say, tell
from tui.text.layout import wrapped

_STANDINGS = (("照录", "verbatim"), ("释义", "paraphrase"), ("约定", "convention"), ("推导", "derivation"), ("读法", "reading"))


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("policies", metavar="POLICY", nargs="*", help="政策：通知代号或者路径；不写则检查自带的全部政策")
    parser.add_argument("--strict", action="store_true", help="警告和没有着落的段落也算不通过")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式：text（默认）或 json")


def run(arguments: argparse.Namespace) -> int:
    workspace = Workspace.open()
    opened = [open_policy(workspace, name) for name in arguments.policies or workspace.keys()]
    policies = [policy for policy in opened if policy is not None]
    if len(policies) < len(opened):
        return USAGE
    show = _as_json if arguments.format == "json" else _as_text
    passed = [show(policy, policy.checked(), arguments.strict) for policy in policies]
    if not all(passed):
        tell(f"{len(passed)} 份政策中有 {passed.count(False)} 份没有通过检查。")
    return OK if all(passed) else FAULTS


def _counts(checked: Checked) -> dict[str, int]:
    return {str(s): sum(d.severity is s for d in checked.diagnostics) for s in Severity}


def _passes(checked: Checked, strict: bool) -> bool:
    counts = _counts(checked)
    if counts[Severity.ERROR]:
        return False
    return not strict or not (counts[Severity.WARNING] or checked.unaccounted)


def quoting_rate(verbatim: int, paraphrase: int) -> str:
    """照录率 in whole percent, rounded down, so that it never says more than is so."""
    return f"{100 * verbatim // (verbatim + paraphrase)}%" if verbatim + paraphrase else "无"


def _as_text(policy: Policy, checked: Checked, strict: bool) -> bool:
    for said in pictures(policy, checked.diagnostics):
        say(said)
    passed = _passes(checked, strict)
    counts = "，".join(f"{name} {count}" for name, count in _counts(checked).items())
    quoted = "，".join(f"{name} {getattr(checked.quoting, field)}" for name, field in _STANDINGS)
    total = len(checked.accounted) + len(checked.unaccounted)
    say(f"{mark(passed)} {policy.compiled().book.name}（{policy.key}）：{'通过' if passed else '没有通过'}；{counts}")
    say(f"  照录率 {quoting_rate(checked.quoting.verbatim, checked.quoting.paraphrase)}（{quoted}）")
    say(f"  段落 {len(checked.accounted)}／{total} 有着落" + (f"（{_states(checked)}）" if checked.accounted else ""))
    if checked.unaccounted:
        say("\n".join(wrapped(f"没有着落：{'、'.join(spoken(unit) for unit in checked.unaccounted)}", "  ", "    ")))
    say()
    return passed


def _states(checked: Checked) -> str:
    states = [state for _, state in checked.accounted]
    return "，".join(f"{state} {states.count(state)}" for state in dict.fromkeys(states))


def _as_json(policy: Policy, checked: Checked, strict: bool) -> bool:
    """One line a policy."""
    passed = _passes(checked, strict)
    counts = {name: getattr(checked.quoting, field) for name, field in _STANDINGS}
    emit(
        {
            "政策": policy.key,
            "通过": passed,
            "诊断": [_diagnostic(policy, d) for d in checked.diagnostics],
            "照录率": quoting_rate(checked.quoting.verbatim, checked.quoting.paraphrase),
            "句数": counts,
            "段落": [{"条": unit, "状态": state} for unit, state in checked.accounted],
            "没有着落": list(checked.unaccounted),
        }
    )
    return passed


def _diagnostic(policy: Policy, diagnostic: Diagnostic) -> dict[str, Any]:
    source = next((s for s in policy.sources if s.name == diagnostic.source), None)
    line, column = source.place(diagnostic.span.start) if source else (0, 0)
    made: dict[str, Any] = {"级别": str(diagnostic.severity), "代码": diagnostic.code, "消息": diagnostic.message}
    made |= {"文件": diagnostic.source} if diagnostic.source else {}
    made |= {"行": line, "列": column} if source else {}
    made |= {"建议": diagnostic.hint} if diagnostic.hint else {}
    return made | ({"另见": [r.message for r in diagnostic.related]} if diagnostic.related else {})
