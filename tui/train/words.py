"""An exercise in words: the facts, the question, the hints, the marking and the steps. Pieces of (words, style) for `Prose`; nothing is reckoned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from corpus.exercises import Exercise, carried, given, weighed
from corpus.marking import HINTS, Marking
from grammar.address import spoken as cited
from grammar.document import Kind
from grammar.literals import money_text
from interpreter.explain import Fired
from interpreter.filing import typed_money
from interpreter.graph import Origin
from interpreter.wording import spoken
from tui.train.session import Entry
from tui.widgets.field_rows import text_of
from tui.widgets.prose import Piece

OPEN = "待定"


def amount(fen: int | None) -> str:
    return OPEN if fen is None else f"{money_text(fen)}元"


def read_answer(typed: str) -> tuple[bool, int | None, str]:
    """Whether it can be read, the fen (None for 待定), and otherwise why not."""
    text = typed.strip()
    if text == OPEN:
        return True, None, ""
    fen, why = typed_money(text) if text else (None, f"先填金额；算不出来的写“{OPEN}”")
    return fen is not None, fen, why


def question(exercise: Exercise) -> str:
    if exercise.payer:
        return f"由{exercise.payer}负担多少元（{exercise.asked}）？依据是哪几条？"
    return f"{exercise.asked}是多少元？依据是哪几条？"


# --- the facts


def facts(entry: Entry) -> tuple[Piece, ...]:
    """What matters, filed or not, then the reading, then the rest if it is unfolded, else how much there is."""
    exercise = entry.exercise
    values = _values(exercise)
    needed = given(exercise.at, exercise.asked)
    looked = [n for n in weighed(exercise.at, exercise.asked) if n not in needed]
    terms = exercise.policy.compiled().book.term
    first = [n for n in (*needed, *looked) if n in values or not terms[n].default]
    rest = [n for n in values if n not in first]
    shown = [*_grouped(exercise, first, values), *_before(exercise), *_readings(exercise)]
    if entry.unfolded:
        return (*shown, ("与这一问无关的：" if rest else "没有别的事实", "italic"), *_grouped(exercise, rest, values))
    return (*shown, (f"另有{len(rest)}项与这一问无关（F7 展开）", "italic") if rest else ("", ""))


def _values(exercise: Exercise) -> dict[str, Any]:
    """What was filed for the visit, then the parameters of the claim."""
    return {**exercise.at.facts, **(exercise.at.data.get("参数") or {})}


def _grouped(exercise: Exercise, names: Iterable[str], values: dict[str, Any]) -> Iterator[Piece]:
    """Words in one running line; every amount on a line of its own."""
    terms = exercise.policy.compiled().book.term
    names = list(names)
    money = [n for n in names if terms[n].kind is Kind.MONEY and not isinstance(values.get(n), (dict, list))]
    words = [f"{n}：{_value(exercise, n, values)}" for n in names if n not in money]
    yield "；".join(words), ""
    for name in money:
        yield f"　{name}　{_value(exercise, name, values)}", "bold"


def _value(exercise: Exercise, name: str, values: dict[str, Any]) -> str:
    raw = values.get(name)
    if raw is None:
        return "没有填报"
    claim = exercise.at.decision.claim
    read = claim.visits[exercise.at.visit].get(name, claim.parameters.get(name))
    if isinstance(raw, dict):
        return "、".join(f"{k} {text_of(v)}" for k, v in raw.items())
    if isinstance(raw, list):
        return "、".join(_item(x) for x in raw)
    return spoken(read, exercise.policy.compiled().book.term[name].kind)


def _item(item: Any) -> str:
    if isinstance(item, dict):
        return " ".join(f"{k} {text_of(v)}" for k, v in item.items())
    return " ".join(text_of(x) or "—" for x in item) if isinstance(item, list) else text_of(item)


def _before(exercise: Exercise) -> Iterator[Piece]:
    for label, value, kind in carried(exercise.at, exercise.asked):
        yield f"　{label}　{spoken(value, kind)}", "bold"


def _readings(exercise: Exercise) -> Iterator[Piece]:
    chosen = exercise.at.data.get("读法") or {}
    for reading in exercise.policy.compiled(chosen).book.readings:
        if reading.id in chosen:
            yield f"按这种读法：{reading.title}——“{chosen[reading.id]}”", "bold"


# --- hints and steps


def hints(entry: Entry) -> tuple[Piece, ...]:
    """Those asked for so far: the words of the notice, then how the amount is reckoned, without what comes out."""
    made = (_first_hint, _second_hint)
    pieces: list[Piece] = []
    for number, (make, cost) in enumerate(zip(made, HINTS, strict=True), 1):
        if number <= entry.hints:
            pieces += [(f"提示{number}（−{cost}分）", "bold $warning"), *((line, "") for line in make(entry.exercise))]
    return tuple(pieces)


def _first_hint(exercise: Exercise) -> list[str]:
    origins = [*(f.origin for f in exercise.steps), *(u.origin for u in exercise.at.explanation.unfired)]
    origins += [o for _, _, o in exercise.policy.compiled(exercise.at.data.get("读法")).book.statements]
    about = [o for o in origins if o.clause == exercise.topic and o.anchors]
    return _quotes(about[0]) if about else ["这一条没有照录的原文"]


def _second_hint(exercise: Exercise) -> list[str]:
    told = [f for f in exercise.steps if f.origin.clause in exercise.required] or list(exercise.steps[-1:])
    formulas = [_unsolved(f) for f in told]
    return list(dict.fromkeys(formulas)) or [f"看看还缺哪一项，这一项没有，{exercise.asked}能不能定"]


def _unsolved(fired: Fired) -> str:
    """The figures filled in, without the result; a step that is only a result is told by its sentence."""
    left, equals, _ = fired.formula.rpartition(" = ")
    return f"{fired.target} = {left}" if equals else fired.origin.text


def _quotes(origin: Origin) -> list[str]:
    return [f"{cited(a.unit)}「{a.quote}」" for a in origin.anchors]


def steps(exercise: Exercise) -> tuple[tuple[str, tuple[Piece, ...]], ...]:
    """Each step: the clause it rests on, and its lines. What the topic did not do is told last, with the reason."""
    quoted: set[str] = set()
    made = [(fired.origin.clause, tuple(_step(number, fired, quoted))) for number, fired in enumerate(exercise.steps, 1)]
    if exercise.topic not in [clause for clause, _ in made]:
        reason = next((u.reason for u in exercise.at.explanation.unfired if u.origin.clause == exercise.topic), "")
        if reason:
            made.append((exercise.topic, ((f"《{exercise.topic}》没有适用：{reason}", ""),)))
    return tuple(made)


def _step(number: int, fired: Fired, quoted: set[str]) -> Iterator[Piece]:
    """The figures, then the words they rest on, each once; `quoted` are those told before."""
    said = fired.formula if fired.formula.startswith(fired.target) else f"{fired.target}：{fired.formula}"
    yield f"{number}. {said}", "bold"
    for ground in _quotes(fired.origin) or [f"（{fired.origin.standing}）{fired.origin.text}"]:
        yield f"　《{fired.origin.clause}》{ground.partition('「')[0] + '（原文见上）' if ground in quoted else ground}", ""
        quoted.add(ground)


# --- marking


def marking(entry: Entry) -> tuple[Piece, ...]:
    """Step by step; while slips are being looked for, that is said."""
    exercise, marked = entry.exercise, entry.marking
    if marked is None:
        return tuple(_told(entry)) if entry.shown else ()
    return (
        (f"得{marked.points}分", "bold"),
        *_amount_marked(entry, marked),
        *_clauses_marked(exercise, marked),
        ("", ""),
        *_told(entry),
    )


def _amount_marked(entry: Entry, marked: Marking) -> Iterator[Piece]:
    right = amount(entry.exercise.answer)
    if marked.is_right:
        yield f"✓ 金额对：{right}", "bold $success"
        return
    answered = amount(entry.answer.fen if entry.answer else None)
    off = "" if marked.off is None else f"，{'多' if marked.off > 0 else '少'} {money_text(abs(marked.off))}元"
    yield f"✗ 金额不对：答 {answered}，应为 {right}{off}", "bold $error"
    if entry.slips is None:
        yield "　正在找差在哪里……", "italic"
    for slip in entry.slips or ():
        yield f"　{slip.said}", "$warning"


def _clauses_marked(exercise: Exercise, marked: Marking) -> Iterator[Piece]:
    for sign, names, said, style in (
        ("✓", marked.right, "", "$success"),
        ("✓", marked.also, "（用到，可不选）", ""),
        ("✗", marked.missed, "（漏选）", "$error"),
        ("✗", marked.superfluous, "（多选，这笔没有用到）", "$error"),
    ):
        for name in names:
            yield f"{sign} 《{name}》{said}", style


def _told(entry: Entry) -> Iterator[Piece]:
    """The steps with their clauses, and what they come to."""
    yield "怎样算出来的", "bold"
    for _, lines in steps(entry.exercise):
        yield from lines
    yield f"答：{amount(entry.exercise.answer)}　{''.join(f'《{c}》' for c in entry.exercise.required)}", "bold"
