"""How an answer came about: for each outcome the sentences that decided it, with place, words and figures; then the sentences that decided nothing."""

from __future__ import annotations

from corpus.workspace import Policy
from grammar.address import spoken as cited
from interpreter.decision import Decision
from interpreter.explain import Explanation, Fired, Unfired
from interpreter.graph import Anchor, Origin, Sort
from interpreter.rulebook import Rulebook
from interpreter.values import NOT_APPLICABLE
from interpreter.wording import spoken
from tui.text.layout import wrapped


def steps(policy: Policy, decision: Decision, number: int) -> list[str]:
    """The lines of --explain for one visit."""
    book = policy.compiled(decision.claim.readings).book
    explanation = policy.explain(decision, number)
    which = f"（第{number + 1}笔）" if len(decision.visits) > 1 else ""
    return [
        f"怎样算出来的{which}",
        *_outcomes(book, explanation),
        *_unfired(explanation, which),
        *_used(book, explanation, which),
    ]


def _outcomes(book: Rulebook, explanation: Explanation) -> list[str]:
    """Outcomes in the order declared; a sentence is told where it is first needed."""
    graph, told = explanation.graph, set[tuple[str, str, str]]()
    lines: list[str] = []
    for outcome in graph.outcomes:
        value = explanation.visit.value(graph, outcome)
        if value is NOT_APPLICABLE:
            continue
        needed = _needed(explanation, graph.quantities[outcome])
        mine = [f for f in explanation.fired if f.node in needed and _tells(f) and (f.target, f.origin.clause, f.formula) not in told]
        told |= {(f.target, f.origin.clause, f.formula) for f in mine}
        lines += [f"  {outcome}　{spoken(value, book.term[outcome].kind)}", *_fired(mine), ""]
    return lines


def _needed(explanation: Explanation, index: int) -> set[int]:
    found: set[int] = set()
    waiting = [index]
    while waiting:
        node = waiting.pop()
        if node not in found and explanation.values[node] is not None:
            found.add(node)
            waiting += explanation.needed(node)
    return found


def _tells(fired: Fired) -> bool:
    """Passing an amount on unchanged, without a sentence of the notice, tells nothing."""
    return bool(fired.origin.anchors) or fired.origin.standing not in ("支付顺序", "用语") or " = " in fired.formula


def _fired(mine: list[Fired]) -> list[str]:
    if not mine:
        return ["    见上文"]
    return [line for fired in mine for line in (*_claimed(fired), *_places(fired.origin))]


def _claimed(fired: Fired) -> list[str]:
    said = fired.formula if fired.formula.startswith(fired.target) else f"{fired.target}：{fired.formula}"
    return wrapped(said, "    · ", "      ")


def _places(origin: Origin) -> list[str]:
    """「条款“基本救助比例”（照录）　二（二）2第1款第2句第3分句「…」」, or the convention's own text."""
    head = f"{titled(origin)}（{origin.standing}）"
    if not origin.anchors:
        return wrapped(f"{head}：{origin.text}", "      ", "        ")
    return [line for anchor in origin.anchors for line in wrapped(f"{head}　{_place(anchor)}", "      ", "        ")]


def _place(anchor: Anchor) -> str:
    return f"{cited(anchor.unit)}「{anchor.quote}」"


def titled(origin: Origin) -> str:
    """A clause by its title; what is no clause already says what it is."""
    return origin.clause if origin.clause.startswith(("读法", "用语 ", "约定 ", "支付顺序 ")) else f"条款“{origin.clause}”"


# --- what did not decide -------------------------------------------------------------------------------------------------------------------------


def _unfired(explanation: Explanation, which: str) -> list[str]:
    """Each clause with each reason once, all its places together."""
    deciding = {(f.target, f.origin.clause) for f in explanation.fired}
    rows: dict[tuple[str, str], list[str]] = {}
    for unfired in explanation.unfired:
        if not _is_other_branch(unfired, deciding):
            places = rows.setdefault((titled(unfired.origin), unfired.reason), [])
            places += [said for a in unfired.origin.anchors if (said := cited(a.unit)) not in places]
    if not rows:
        return []
    body = [line for (title, reason), places in rows.items() for line in wrapped(f"{title}（{'、'.join(places)}）：{reason}", "  · ")]
    return [f"没有适用的条款{which}", *body, ""]


def _is_other_branch(unfired: Unfired, deciding: set[tuple[str, str]]) -> bool:
    """其他的 of a clause whose first branch decided: the same sentence, not another that did not apply."""
    return unfired.how == "overridden" and (unfired.target, unfired.origin.clause) in deciding


# --- what it stands on ---------------------------------------------------------------------------------------------------------------------------


def _used(book: Rulebook, explanation: Explanation, which: str) -> list[str]:
    parameters = _parameters(explanation)
    readings = _readings(book, explanation)
    lines = [f"用到的参数{which}", *parameters, ""] if parameters else []
    return lines + ([f"用到的读法{which}", *readings, ""] if readings else [])


def _parameters(explanation: Explanation) -> list[str]:
    used = {
        node.detail: spoken(explanation.values[index], node.kind)
        for index in sorted(explanation.reached)
        if (node := explanation.graph.nodes[index]).sort is Sort.PARAMETER
    }
    return [line for name, said in used.items() for line in wrapped(f"{name}：{said}", "  · ")]


def _readings(book: Rulebook, explanation: Explanation) -> list[str]:
    used = {fired.origin.reading for fired in explanation.fired if fired.origin.reading}
    lines: list[str] = []
    for reading in book.readings:
        if reading.id in used:
            label = dict(book.selected).get(reading.id, "")
            others = "、".join(f"“{c.label}”" for c in reading.candidates if c.label != label)
            lines += wrapped(f"{reading.id} {reading.title}：取“{label}”" + (f"，另有{others}" if others else ""), "  · ")
    return lines
