"""`youju run`: claims in, decisions out. Exactly one answer for each claim filed; a faulty one keeps its place and the others are decided."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from corpus.policies import bundled_policy_keys
from corpus.workspace import Policy, Workspace
from grammar.diagnostic import errors
from grammar.lexer import nearest_term
from interpreter.claim import Claim
from interpreter.filing import show
from interpreter.resolve import label_of
from tui.commands.claims import Filed, filed_in, missing_path
from tui.commands.policies import open_usable
from tui.text.console import CRASHED, FAULTS, OK, USAGE, emit, internal_fault, say, tell
from tui.text.readings import other_readings, readings_report
from tui.text.report import report
from tui.text.steps import steps


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("policy", metavar="POLICY", help="政策：通知代号，或者政策文件、文件夹的路径")
    parser.add_argument("claims", metavar="CLAIM", nargs="+", help="申报文件（JSON：一个对象、列表，或者一行一笔）；- 读标准输入")
    parser.add_argument("--json", action="store_true", help="每笔申报输出一行 JSON")
    parser.add_argument("--explain", action="store_true", help="说明怎样算出来的：依据、原文、代入的数字，以及没有适用的条款")
    parser.add_argument("--all-readings", action="store_true", help="换一种读法结果会怎样")
    parser.add_argument("--record", action="store_true", help="把算出的各笔记下来，在界面的“历史”里看")
    parser.add_argument("--reading", metavar="ID=LABEL", action="append", default=[], help="选定一种读法，可以写多次；先于申报里的“读法”")


def run(arguments: argparse.Namespace) -> int:
    policy, usable = open_usable(Workspace.open(), arguments.policy)
    if policy is None:
        return USAGE
    if not usable:
        return FAULTS
    chosen, wrong = _selection(policy, arguments.reading)
    wrong = wrong or missing_path(arguments.claims)
    if wrong:
        tell(wrong)
        return USAGE
    answered = [_answer(policy, filed, chosen, arguments) for name in arguments.claims for filed in filed_in(name)]
    if any(answered):
        tell(f"{len(answered)} 笔申报中有 {sum(code != OK for code in answered)} 笔没有算出。")
    return max(answered, default=OK)


def _selection(policy: Policy, asked: list[str]) -> tuple[dict[str, str], str]:
    """Readings asked for on the command line, or why one of them is none."""
    chosen: dict[str, str] = {}
    known = {reading.id: reading for reading in policy.compiled().book.readings}
    for said in asked:
        name, _, label = said.partition("=")
        if name not in known:
            near = nearest_term(name[:40], tuple(known))
            return {}, f"没有读法“{name}”" + (f"，是否指“{near}”？" if near else "。") + f"全部读法：{'、'.join(known) or '（无）'}"
        found = label_of(known[name], label)
        if found is None:
            return {}, f"读法“{name}”没有“{label}”。可以写 --reading {name}=…：{'、'.join(c.label for c in known[name].candidates)}"
        chosen[name] = found
    return chosen, ""


def _answer(policy: Policy, filed: Filed, chosen: dict[str, str], arguments: argparse.Namespace) -> int:
    """Print the answer to one claim; its exit code. Our own mistake on one claim does not stop the others."""
    code = FAULTS
    try:
        claim, faults = _read(policy, filed, chosen)
        if claim is not None:
            result = _print(policy, claim, filed, arguments)
            return _record(arguments.policy, result, _chosen(filed.data, chosen), filed.where) if arguments.record else OK
    except OSError:
        raise  # nobody takes the answer: the pipe is closed, the disk is full
    except Exception as fault:
        code, faults = CRASHED, (internal_fault(fault),)
    if arguments.json:
        emit({"错误": list(faults)})
    for said in faults:
        tell(f"{filed.where}：{said}")
    return code


def _read(policy: Policy, filed: Filed, chosen: dict[str, str]) -> tuple[Claim | None, tuple[str, ...]]:
    if filed.fault:
        return None, (filed.fault,)
    data = filed.data
    named = data.get("政策") if isinstance(data, dict) else None
    if named is not None and named != policy.key:
        return None, (f"申报写的政策是“{show(named)}”，这里用的是“{policy.key}”",)
    claim, faults = policy.read(_chosen(data, chosen))
    if claim is None:
        return None, faults
    wrong = errors(policy.compiled(claim.readings).diagnostics)
    return (None, tuple(f"{d.message}。{d.hint}" for d in wrong)) if wrong else (claim, ())


def _chosen(data: Any, chosen: dict[str, str]) -> Any:
    """The claim with the readings of the command line before its own."""
    if chosen and isinstance(data, dict) and isinstance(data.get("读法") or {}, dict):
        return data | {"读法": (data.get("读法") or {}) | chosen}
    return data


def _record(name: str, result: dict[str, Any], data: Any, where: str) -> int:
    """The exit code of writing one answer down."""
    from tui.recording import keep, note_of

    number, message = keep(name if name in bundled_policy_keys() else str(Path(name).resolve()), result, data, note_of(data) or where)
    tell(f"{where}：已记下，是第 {number} 笔。" if number else f"{where}：{message}")
    return OK if number else FAULTS


def _print(policy: Policy, claim: Claim, filed: Filed, arguments: argparse.Namespace) -> dict[str, Any]:
    """The result, printed. Everything is worked out before the first character is printed, so that an answer is whole or absent."""
    decision = policy.decide(claim)
    result = policy.result(decision)
    if arguments.json:
        more: dict[str, Any] = {"其他读法": other_readings(policy, claim, result)} if arguments.all_readings else {}
        emit(result | more)
        return result
    lines = report(policy, decision, result, filed.where)
    lines += [line for n in range(len(decision.visits)) for line in steps(policy, decision, n)] if arguments.explain else []
    lines += readings_report(policy, claim, result) if arguments.all_readings else []
    say("\n".join(lines))
    return result
