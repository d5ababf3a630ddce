"""How an answer came about: for each outcome the sentences that decided it, with place, words and figures; then those that decided nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.workspace import Policy
from grammar.address import spoken as cited
from interpreter.decision import Decision
from interpreter.explain import Explanation, Fired, Unfired
from interpreter.graph import Anchor, Origin, Sort
from interpreter.rulebook import Rulebook
from interpreter.values import NOT_APPLICABLE, is_pending
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
    return [line for outcome, said, mine in told(book, explanation) for line in (f"  {outcome}　{said}", *_told(explanation, outcome, mine), "")]


def told(book: Rulebook, explanation: Explanation) -> Iterator[tuple[str, str, list[Fired]]]:
    """Outcomes in the order declared, what each comes to, and the sentences that decided it; a sentence is told where it is first needed."""
    graph, before = explanation.graph, set[tuple[str, str, str]]()
    for outcome in graph.outcomes:
        value = explanation.visit.value(graph, outcome)
        if value is NOT_APPLICABLE:
            continue
        needed = explanation.under(graph.quantities[outcome])
        mine = [f for f in explanation.fired if f.node in needed and _tells(f) and (f.target, f.origin.clause, f.formula) not in before]
        before |= {(f.target, f.origin.clause, f.formula) for f in mine}
        yield outcome, spoken(value, book.term[outcome].kind), mine


def _told(explanation: Explanation, outcome: str, mine: list[Fired]) -> list[str]:
    return _fired(mine) or [f"    · {unexplained(explanation, outcome)}"]


def unexplained(explanation: Explanation, outcome: str) -> str:
    """Nothing new to tell: the claim itself says it, or an outcome above did."""
    nodes = [explanation.graph.nodes[i] for i in explanation.under(explanation.graph.quantities[outcome])]
    filed = any(n.sort is Sort.FILED and n.detail == outcome and explanation.is_filed(n) for n in nodes)
    return "按申报填写" if filed else "见上文"


def _tells(fired: Fired) -> bool:
    """Passing an amount on unchanged, without a sentence of the notice, tells nothing."""
    if fired.origin.anchors:
        return True
    return fired.origin.text != "不变" and (fired.origin.standing not in ("支付顺序", "用语") or " = " in fired.formula)


def _fired(mine: list[Fired]) -> list[str]:
    """Each figure with its sentence; the words of a sentence once."""
    quoted: set[Anchor] = set()
    lines: list[str] = []
    for fired in mine:
        lines += [*_claimed(fired), *_places(fired.origin, quoted)]
        quoted |= set(fired.origin.anchors)
    return lines


def _claimed(fired: Fired) -> list[str]:
    return wrapped(claimed(fired), "    · ", "      ")


def claimed(fired: Fired) -> str:
    """The quantity with its figures filled in."""
    return fired.formula if fired.formula.startswith(fired.target) else f"{fired.target}：{fired.formula}"


def _places(origin: Origin, quoted: set[Anchor]) -> list[str]:
    """「条款“基本救助比例”（照录）　二（二）2第1款第2句第3分句「…」」, or the convention's own text."""
    head = headed(origin)
    if not origin.anchors:
        return wrapped(head, "      ", "        ")
    said = [cited(a.unit) + ("（原文见上）" if a in quoted else f"「{a.quote}」") for a in origin.anchors]
    return [line for place in said for line in wrapped(f"{head}　{place}", "      ", "        ")]


def headed(origin: Origin) -> str:
    """A clause with its standing; of one that quotes nothing also what it says."""
    title = titled(origin)
    head = title if title.startswith(origin.standing) else f"{title}（{origin.standing}）"
    return head if origin.anchors or origin.text in title else f"{head}：{origin.text}"


def citation(name: str, anchors: Sequence[Anchor]) -> str:
    """《notice》place「words」, one after the other."""
    return "；".join(f"《{name}》{cited(a.unit)}「{a.quote}」" for a in anchors)


def titled(origin: Origin) -> str:
    """A clause by its title; what is no clause already says what it is."""
    return origin.clause if origin.clause.startswith(("读法", "用语 ", "约定 ", "支付顺序 ", "名录 ")) else f"条款“{origin.clause}”"


# --- what did not decide -------------------------------------------------------------------------------------------------------------------------


def _unfired(explanation: Explanation, which: str) -> list[str]:
    body = [line for title, places, why in refused(explanation) for line in wrapped(f"{title}　{'、'.join(places)}：{'；'.join(why)}", "  · ")]
    return [f"没有适用的条款{which}", *body, ""] if body else []


def refused(explanation: Explanation) -> list[tuple[str, list[str], list[str]]]:
    """Each clause that decided nothing once: its title, its places and its reasons."""
    places: dict[str, dict[str, None]] = {}
    reasons: dict[str, dict[str, None]] = {}
    for unfired in explanation.unfired:
        if not _is_other_branch(unfired):
            title = titled(unfired.origin)
            places.setdefault(title, {}).update({cited(a.unit): None for a in unfired.origin.anchors})
            reasons.setdefault(title, {})[unfired.reason] = None
    return [(title, list(places[title]), list(reasons[title])) for title in reasons]


def _is_other_branch(unfired: Unfired) -> bool:
    """其他的 of a clause whose own first branch holds: one sentence, not a second that did not apply."""
    return unfired.how == "overridden" and "本条另一句" in unfired.reason


# --- what it stands on ---------------------------------------------------------------------------------------------------------------------------


def _used(book: Rulebook, explanation: Explanation, which: str) -> list[str]:
    parameters = [line for name, said in parameters_used(explanation).items() for line in wrapped(f"{name}：{said}", "  · ")]
    readings = [line for said in readings_used(book, explanation) for line in wrapped(said, "  · ")]
    lines = [f"用到的参数{which}", *parameters, ""] if parameters else []
    return lines + ([f"用到的读法{which}", *readings, ""] if readings else [])


def parameters_used(explanation: Explanation) -> dict[str, str]:
    return {
        str(node.detail): "没有提供" if is_pending(value := explanation.values[index]) else spoken(value, node.kind)
        for index in sorted(explanation.reached)
        if (node := explanation.graph.nodes[index]).sort is Sort.PARAMETER
    }


def readings_used(book: Rulebook, explanation: Explanation) -> list[str]:
    """Which meaning was taken where a sentence in doubt decided something, and which others there are."""
    used = {fired.origin.reading for fired in explanation.fired if fired.origin.reading}
    lines: list[str] = []
    for reading in book.readings:
        if reading.id in used:
            label = dict(book.selected).get(reading.id, "")
            others = "、".join(f"“{c.label}”" for c in reading.candidates if c.label != label)
            lines.append(f"{reading.id} {reading.title}：取“{label}”" + (f"，另有{others}" if others else ""))
    return lines
