"""Policies as they are typed: a bundled key or a path. What cannot be opened is said on stderr, with the nearest name."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.workspace import Policy, Workspace
from grammar.diagnostic import Diagnostic, picture
from grammar.lexer import nearest_term
from tui.text.console import tell


def open_policy(workspace: Workspace, name: str) -> Policy | None:
    policy, message = workspace.policy(name)
    if policy is None:
        near = nearest_term(name[:80], workspace.keys())
        tell(f"{message}是否指“{near}”？" if near and near != name else message)
    return policy


def open_usable(workspace: Workspace, name: str) -> tuple[Policy | None, bool]:
    """A policy, and whether it may decide anything: its errors are shown when it may not."""
    policy = open_policy(workspace, name)
    if policy is None:
        return None, False
    compiled = policy.compiled()
    if not compiled.usable:
        for said in pictures(policy, compiled.diagnostics):
            tell(said)
        tell(f"政策“{name}”有错误，不能使用。请先用 youju check 改正。")
    return policy, compiled.usable


def pictures(policy: Policy, diagnostics: Iterable[Diagnostic]) -> list[str]:
    by_name = {source.name: source for source in policy.sources}
    return [picture(d, by_name.get(d.source)) for d in diagnostics]
