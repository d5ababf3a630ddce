"""The comparison as a file to hand over."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from grammar.address import spoken as place
from interpreter.explain import Fired
from tui.compare.lines import chain_title, changed, signed
from tui.compare.marks import marked
from tui.compare.pairs import Pair
from tui.compare.sentences import cited, clause_of
from tui.export.blocks import Block, Heading, Item, Items, Para, Quote, Table
from tui.export.markdown import markdown


def sheet(pair: Pair, outcome: str) -> str:
    """Markdown."""
    return markdown(_blocks(pair, outcome))


def _blocks(pair: Pair, outcome: str) -> Iterator[Block]:
    yield Heading(1, "对比")
    sides = (("甲", pair.first), ("乙", pair.second))
    yield Items(tuple(Item(f"{name}：{s.title}（{s.case.place}，第{s.case.visit + 1}笔就诊）") for name, s in sides))
    if pair.note:
        yield Para(pair.note)
    yield Heading(2, "金额")
    first, second = pair.first.stand, pair.second.stand
    yield Table(
        ("项目", "甲", "乙", "乙比甲"), tuple((o, first.said(o), second.said(o), signed(pair.difference(o))) for o in pair.outcomes), (1, 2, 3)
    )
    yield Heading(2, "最先不同的条款")
    yield from _parting(pair)
    yield Heading(2, "先后不同的项目")
    yield Table(("项目", "甲", "乙", "哪一句"), tuple((d.name, d.before, d.after, clause_of(d)) for d in pair.partings), (1, 2))
    if outcome:
        yield Heading(2, chain_title(outcome, pair.difference(outcome)))
        yield _chain(pair, outcome)


def _parting(pair: Pair) -> Iterator[Block]:
    found = pair.parting
    if found is None:
        yield Para("没有哪一句使两边不同。")
        return
    yield Para(f"{found.name}：甲 {found.before}，乙 {found.after}")
    first, second = found.telling
    yield Items(tuple(item for one, other in zip_longest(first, second) for item in _items(one, other)))


def _items(one: Fired | None, other: Fired | None) -> Iterator[Item]:
    texts = marked(one.origin.text if one else "", other.origin.text if other else "")
    for name, fired, text in zip("甲乙", (one, other), texts, strict=True):
        if fired is not None:
            quotes = tuple(Quote(place(a.unit), a.quote) for a in fired.origin.anchors)
            yield Item(f"{name}：{text}", f"{cited(fired)}　{fired.formula}", quotes)


def _chain(pair: Pair, outcome: str) -> Table:
    rows = [(changed(s), signed(gap := s.difference(outcome)), clause_of(s.passed_on(outcome)) if gap != 0 else "") for s in pair.steps(outcome)]
    return Table(("改了什么", "差", "由哪一句传下来"), (*rows, ("合计", signed(pair.difference(outcome)), "")), (1,))
