"""A sheet of exercises from a policy: its own worked claims, each with one thing changed. The same number gives the same sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from corpus.boundaries import Boundary, boundaries, sides
from corpus.exercises import Exercise, Situation, Theme, askable, clauses, exercise, given, owners, situation, with_others
from corpus.workspace import Policy
from grammar.document import Kind, Origin
from interpreter.examples import claim_of

SHEET = 10
#: What a sheet of ten holds, in this order, where the policy has it.
_PLAN = (
    Theme.PLAIN,
    Theme.BOUNDARY,
    Theme.BOUNDARY,
    Theme.EXCEPTION,
    Theme.BOUNDARY,
    Theme.READING,
    Theme.OPEN,
    Theme.BOUNDARY,
    Theme.EXCEPTION,
    Theme.READING,
)
_DRAWS = 12
_READINGS = 4


def situations(policy: Policy) -> tuple[Situation, ...]:
    """The visits of the policy's own cases, each as one to ask about; those with events apart, for a visit that is void asks nothing."""
    compiled = policy.compiled()
    made: list[Situation] = []
    for document in compiled.documents:
        for case in document.cases:
            at = None if case.events else situation(policy, claim_of(case, dict(case.readings), compiled.book), 0)
            made += [replace(at, visit=n) for n in range(len(at.data["就诊"]))] if at else []
    return tuple(made)


def drawn(policy: Policy, number: int, topic: str = "", count: int = SHEET) -> Iterator[Exercise]:
    """The sheet of this number, one by one, on one clause where `topic` names it; fewer where the policy does not give so many."""
    chance = Random(f"{policy.key}／{topic}／{number}")
    bases = [at for at in situations(policy) if not topic or _touches(at, topic)]
    sheet: list[Exercise] = []
    for place in range(count if bases else 0):
        others = [t for t in Theme if t is not Theme.OPEN]
        themes = [_PLAN[place % len(_PLAN)], *chance.sample(others, len(others)), Theme.OPEN]
        found = next((e for theme in themes if (e := _tried(bases, theme, topic, sheet, chance)) is not None), None)
        if found is None:
            return
        sheet.append(found)
        yield found


def _touches(at: Situation, topic: str) -> bool:
    return any(f.origin.clause == topic for f in at.explanation.fired) or any(u.origin.clause == topic for u in at.explanation.unfired)


def _tried(bases: list[Situation], theme: Theme, topic: str, sheet: list[Exercise], chance: Random) -> Exercise | None:
    """Of some draws the one whose clause and amount were asked for least; one that was not asked for at all ends the search."""
    seen = Counter(e.topic for e in sheet) + Counter(e.asked for e in sheet)
    zeros = sum(e.answer == 0 for e in sheet)
    best: tuple[int, Exercise] | None = None
    for _ in range(_DRAWS):
        made = draw(chance.choice(bases), theme, topic, chance)
        if made is None or any(_same(made, e) for e in sheet):
            continue
        stale = seen[made.topic] + seen[made.asked] + (zeros if made.answer == 0 else 0)
        if best is None or stale < best[0]:
            best = stale, made
        if not stale or topic:
            break
    return best[1] if best else None


def _same(a: Exercise, b: Exercise) -> bool:
    return (a.at.data, a.at.visit, a.asked) == (b.at.data, b.at.visit, b.asked)


def draw(base: Situation, theme: Theme, topic: str, chance: Random) -> Exercise | None:
    """One attempt; None where this claim gives no exercise of this kind, or none that is about the clause."""
    names = askable(base)
    if not names:
        return None
    asked = chance.choice(names)
    made = next(_DRAWN[theme](base, asked, chance), None)
    if made is None or not topic or topic in (made.topic, *made.required):
        return replace(made, topic=topic) if made and topic else made
    return None


def _plain(base: Situation, asked: str, chance: Random) -> Iterator[Exercise]:
    made = exercise(Theme.PLAIN, base, asked)
    if made:
        yield replace(made, topic=chance.choice(made.required))


def _boundary(base: Situation, asked: str, chance: Random) -> Iterator[Exercise]:
    known = list(boundaries(base, asked))
    chance.shuffle(known)
    for boundary in known[:3]:
        topics = owners(base, asked, [boundary.node])
        around = sides(base, boundary) if topics else ()
        if len({_course(o, asked, boundary) for o in around}) < 2:
            continue
        chosen = chance.choice(around)
        made = exercise(Theme.BOUNDARY, chosen, asked, topics[0], boundary.fact)
        if made and made.answer is not None:
            yield with_others(made, (o for o in around if o is not chosen))


def _course(at: Situation, asked: str, boundary: Boundary) -> tuple[object, frozenset[int]]:
    """What tells one side of a boundary from the other: what was needed; where the calendar or a table moved, the amount too."""
    graph = at.decision.graph
    needed = at.explanation.under(graph.quantities[asked]) if asked in graph.quantities else frozenset[int]()
    amount = at.value(asked) if boundary.kind is not Kind.MONEY or boundary.edge is not None else None
    return amount, needed


def _exception(base: Situation, asked: str, chance: Random) -> Iterator[Exercise]:
    """One fact changed so that a clause is set aside by another, or no longer is."""
    before = _aside(base)
    for fact, other in _flipped(base, asked, chance):
        parted = _aside(other) ^ before if other else frozenset()
        made = exercise(Theme.EXCEPTION, other, asked, varied=fact) if parted else None
        if made and made.answer is not None and other and other.value(asked) != base.value(asked):
            news = [c for c in made.required if c not in _fired(base)]
            yield with_others(replace(made, topic=(news or list(made.required))[0]), (base,))


def _flipped(base: Situation, asked: str, chance: Random) -> Iterator[tuple[str, Situation | None]]:
    """Yes for no, another member for a member, of the facts that the amount needed."""
    terms = base.policy.compiled().book.term
    for fact in chance.sample(names := [n for n in given(base, asked) if n in base.facts], len(names)):
        term, raw = terms[fact], base.facts[fact]
        if term.kind is Kind.BOOLEAN and isinstance(raw, bool):
            yield fact, base.changed(fact, not raw)
        elif term.kind is Kind.CHOICE and isinstance(raw, str):
            others = [m for m in term.members if m != raw]
            yield from ((fact, base.changed(fact, m)) for m in chance.sample(others, min(len(others), 3)))


def _aside(at: Situation) -> frozenset[str]:
    return frozenset(u.origin.clause for u in at.explanation.unfired if u.how == "overridden")


def _fired(at: Situation) -> frozenset[str]:
    return frozenset(f.origin.clause for f in at.explanation.fired)


def _reading(base: Situation, asked: str, chance: Random) -> Iterator[Exercise]:
    """Another reading of doubtful words that gives another amount: of the words that acted here, else of a few others."""
    book = base.policy.compiled(base.data.get("读法")).book
    selected = dict(book.selected)
    acted = {f.origin.reading for f in base.explanation.fired}
    mixed = sorted(chance.sample(book.readings, len(book.readings)), key=lambda r: r.id not in acted)
    for reading in mixed[:_READINGS]:
        for label in [c.label for c in reading.candidates if c.label != selected.get(reading.id)]:
            other = base.read_as(reading.id, label)
            if other and other.value(asked) != base.value(asked):
                made = exercise(Theme.READING, other, asked, varied=reading.id)
                if made and made.answer is not None:
                    yield with_others(made, (base.read_as(reading.id, selected.get(reading.id, "")) or base,))


def _open(base: Situation, asked: str, chance: Random) -> Iterator[Exercise]:
    """A fact that somebody forgot to write down."""
    terms = base.policy.compiled().book.term
    names = [n for n in given(base, asked) if n in base.facts and terms[n].origin is Origin.FACT and not terms[n].default]
    for fact in chance.sample(names, len(names)):
        made = exercise(Theme.OPEN, base.changed(fact, None), asked, varied=fact)
        if made and made.answer is None:
            yield with_others(made, (base,))


_DRAWN = {Theme.PLAIN: _plain, Theme.BOUNDARY: _boundary, Theme.EXCEPTION: _exception, Theme.READING: _reading, Theme.OPEN: _open}


def variant(made: Exercise, nth: int) -> Exercise | None:
    """The same clause from another side: the nth of the other sides, round and round; for a plain exercise another boundary of the same claim."""
    others = [e for o in made.others if (e := _other(made, o)) is not None]
    if others:
        return with_others(others[nth % len(others)], (made.at, *(o for o in made.others if o is not others[nth % len(others)].at)))
    chance = Random(f"{made.topic}／{nth}")
    options = [e for theme in (Theme.BOUNDARY, Theme.EXCEPTION, Theme.READING) for e in _DRAWN[theme](made.at, made.asked, chance)]
    about = [e for e in options if made.topic in (e.topic, *e.required)]
    return (about or options)[nth % len(about or options)] if options else None


def _other(made: Exercise, at: Situation) -> Exercise | None:
    topic = made.topic if made.topic in clauses(made.policy) and made.theme is Theme.BOUNDARY else ""
    return exercise(made.theme, at, made.asked, topic, made.varied)
