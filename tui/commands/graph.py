"""`youju graph`: which quantity hangs on which, and on whose words."""

from __future__ import annotations

import argparse

from corpus.workspace import Workspace
from grammar.lexer import nearest_term
from tui.commands.policies import open_usable
from tui.text.console import FAULTS, OK, USAGE, emit, say, tell
from tui.text.graphs import around, as_dot, as_json, as_mermaid, net_of


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("policy", metavar="POLICY", help="政策：通知代号或者路径")
    parser.add_argument("--around", metavar="NAME", default="", help="只看这个量：它取决于什么，什么取决于它，各两步")
    parser.add_argument("--format", choices=("dot", "mermaid", "json"), default="dot", help="输出格式：dot（默认）、mermaid 或 json")


def run(arguments: argparse.Namespace) -> int:
    policy, usable = open_usable(Workspace.open(), arguments.policy)
    if policy is None:
        return USAGE
    if not usable:
        return FAULTS
    net = net_of(policy.compiled().graph)
    if arguments.around:
        names = tuple(q.name for q in net.quantities)
        if arguments.around not in names:
            near = nearest_term(arguments.around[:80], names)
            tell(f"图里没有“{arguments.around[:80]}”" + (f"，是否指“{near}”？" if near else "。"))
            return USAGE
        net = around(net, arguments.around)
    if arguments.format == "json":
        emit(as_json(policy.key, net), indent=1)
    else:
        say("\n".join(as_dot(policy.key, net) if arguments.format == "dot" else as_mermaid(net)))
    return OK
