"""`youju test`: the worked cases of the policies, and files of cases, against what the policies say."""

from __future__ import annotations

import argparse
from typing import Any

from corpus.workspace import Policy, Workspace
from interpreter.examples import Report
from tui.commands.claims import Refused, missing_path, read_json, text_of
from tui.commands.policies import open_usable
from tui.text.console import CRASHED, FAULTS, OK, USAGE, emit, internal_fault, mark, say, tell
from tui.text.layout import columns, wrapped


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("policies", metavar="POLICY", nargs="*", help="政策：通知代号或者路径；不写则是自带的全部政策")
    parser.add_argument("--cases", metavar="FILE", nargs="+", action="extend", default=[], help="案例文件（JSON），按案例所属的政策运行")
    parser.add_argument("--coverage", action="store_true", help="每一条款在多少笔里适用、多少笔里不适用")
    parser.add_argument("--mutate", action="store_true", help="逐处改动政策（数字、比较、条件、但书、名单），列出案例没有察觉的改动；较慢")
    parser.add_argument("--json", action="store_true", help="输出 JSON，一行一份政策")


def run(arguments: argparse.Namespace) -> int:
    wrong = missing_path(arguments.cases)
    if wrong:
        tell(wrong)
        return USAGE
    filed, faults = _filed(arguments.cases)
    for fault in faults:
        tell(fault)
    workspace = Workspace.open()
    opened = [open_usable(workspace, name) for name in arguments.policies or workspace.keys()]
    if any(policy is None for policy, _ in opened):
        return USAGE
    usable = [policy for policy, ready in opened if policy is not None and ready]
    strays = _strays(filed, {policy.key for policy, _ in opened if policy is not None})
    for stray in strays:
        tell(stray)
    codes = [_run(policy, filed, arguments) for policy in usable]
    return max(*codes, OK, FAULTS if len(usable) < len(opened) or faults or strays else OK)


def _filed(names: list[str]) -> tuple[list[dict[str, Any]], list[str]]:
    """The cases of all files, and what could not be read."""
    cases: list[dict[str, Any]] = []
    faults: list[str] = []
    for name in names:
        try:
            data = read_json(text_of(name))
        except (Refused, OSError) as fault:
            faults.append(f"{name}：{fault if isinstance(fault, Refused) else '读不了文件'}")
            continue
        listed = data if isinstance(data, list) else [data]
        whole = [case for case in listed if _is_case(case)]
        cases += whole
        faults += [f"{name}：{len(listed) - len(whole)} 项不是案例，应有“案例”“就诊”“应得”"] if len(whole) < len(listed) else []
    return cases, faults


def _is_case(case: object) -> bool:
    return isinstance(case, dict) and all(isinstance(case.get(name), kind) for name, kind in (("案例", str), ("就诊", list), ("应得", dict)))


def _key(case: dict[str, Any]) -> str:
    return str(case["案例"]).partition("/")[0]


def _strays(filed: list[dict[str, Any]], keys: set[str]) -> list[str]:
    foreign = sorted({_key(case) for case in filed} - keys)
    return [f"没有运行政策“{key[:60]}”的案例：命令里没有这份政策" for key in foreign]


def _run(policy: Policy, filed: list[dict[str, Any]], arguments: argparse.Namespace) -> int:
    """The exit code of one policy. Our own mistake on one policy does not stop the others."""
    try:
        report = policy.test(tuple(case for case in filed if _key(case) == policy.key))
    except Exception as fault:
        tell(f"{policy.key}：{internal_fault(fault)}")
        return CRASHED
    failed = sum(not case.passed for case in report.cases)
    if arguments.json and arguments.mutate:
        emit(_mutation(policy, filed))
    elif arguments.json:
        _as_json(policy, report)
    else:
        _as_text(policy, report, failed, arguments.coverage)
    if arguments.mutate and not arguments.json:
        said = _mutation(policy, filed)
        say(f"{policy.key}：改动 {said['改动']} 处，案例察觉 {said['察觉']} 处")
        for row in said["没有察觉"]:
            say("\n".join(wrapped(f"条款“{row['条款']}”：{row['改动']}", "  · ")))
    return FAULTS if failed else OK


def _mutation(policy: Policy, filed: list[dict[str, Any]]) -> dict[str, Any]:
    """Every mutant tried; progress goes to standard error, so that the answer stays data."""
    tried, missed = 0, []
    for mutant, noticed in policy.mutate(tuple(case for case in filed if _key(case) == policy.key)):
        tried += 1
        missed += [] if noticed else [{"条款": mutant.clause, "改动": mutant.change}]
        if tried % 25 == 0:
            tell(f"{policy.key}：已试 {tried} 处改动，{len(missed)} 处没有察觉")
    return {"政策": policy.key, "改动": tried, "察觉": tried - len(missed), "没有察觉": missed}


def _as_text(policy: Policy, report: Report, failed: int, coverage: bool) -> None:
    for case in report.cases:
        say(f"{mark(case.passed)} {policy.key}　{case.title}")
        for difference in case.differences:
            say("\n".join(wrapped(difference, "    ")))
    say(f"{policy.key}：{len(report.cases)} 个案例，{len(report.cases) - failed} 个相符" + (f"，{failed} 个不符" if failed else ""))
    if coverage:
        say("\n".join(_coverage(report)))


def _coverage(report: Report) -> list[str]:
    rows = [("条款", "适用", "不适用", "")]
    rows += [(clause, f"{fired}笔", f"{unfired}笔", _gap(fired, unfired)) for clause, fired, unfired in report.coverage]
    return columns(rows, (1, 2), "  ")


def _gap(fired: int, unfired: int) -> str:
    if not fired:
        return "← 从未适用"
    return "" if unfired else "← 每笔都适用"


def _as_json(policy: Policy, report: Report) -> None:
    cases = [{"案例": case.title, "相符": case.passed, "差异": list(case.differences)} for case in report.cases]
    coverage = [{"条款": clause, "适用": fired, "不适用": unfired} for clause, fired, unfired in report.coverage]
    emit({"政策": policy.key, "案例": cases, "覆盖": coverage})
