"""Which of the rules for one quantity set which others aside."""

from __future__ import annotations

from interpreter.rulebook import Rule


def overrides(rules: list[Rule]) -> list[tuple[int, ...]]:
    """Which rules each rule sets aside: by 本条优先于, by a chosen reading, by being more than 其他的; followed through."""
    direct = [{j for j, b in enumerate(rules) if i != j and _sets_aside(a, b)} for i, a in enumerate(rules)]
    closed = []
    for i in range(len(rules)):
        reached, waiting = set(direct[i]), list(direct[i])
        while waiting:
            for j in direct[waiting.pop()] - reached:
                reached.add(j)
                waiting.append(j)
        closed.append(tuple(sorted(reached - {i})))
    return closed


def _sets_aside(a: Rule, b: Rule) -> bool:
    if b.origin.clause in a.over:
        return True
    if a.ranked and a.origin.clause == b.origin.clause and a.origin.start < b.origin.start:
        return True
    if a.origin.reading and not b.origin.reading and not a.otherwise:
        return True
    return b.otherwise and not a.otherwise
