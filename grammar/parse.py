"""Text → documents. First every name of every file, then every statement; a fault loses one statement and is listed with the others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from grammar.addresses import addresses
from grammar.blocks import Block, Line, blocks, border, labelled
from grammar.cases import case_of
from grammar.clauses import clause_of, conventions_of, event_of, order_of, reading_of
from grammar.declare import Declared, Pending, catalogue_of, terms_of
from grammar.diagnostic import Diagnostic
from grammar.document import Accounted, Catalogue, Document, HeadLine, Kind, State, Term
from grammar.lexer import Lexicon, lexicon
from grammar.sentence import parse_condition, parse_formula
from grammar.source import Source, Span
from grammar.syntax import Condition
from grammar.vocabulary import check_names, entries
from grammar.walk import moved

STATES = {s.value: s for s in State}
BLOCKS = ("术语", "参数", "名录", "条款", "读法", "支付顺序", "事件", "约定", "段落", "案例")
PARTS = ("clauses", "readings", "orders", "events", "choices", "accounted", "cases")


@dataclass(frozen=True, slots=True)
class Names:
    """The vocabulary of a policy: all files together."""

    table: dict[str, tuple[str, str]]
    lexicon: Lexicon


#: What a block adds to an empty document, and its faults.
Made: TypeAlias = tuple[Document, tuple[Diagnostic, ...]]


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was read, and what the next parse of a changed text need not read again: `made` is where a block stood and what it made, by its words."""

    documents: tuple[Document, ...] = ()
    faults: tuple[Diagnostic, ...] = ()
    key: str = ""
    names: Names = Names({}, Lexicon({}, ()))
    made: Mapping[tuple[str, str], tuple[int, Made]] = field(default_factory=dict)


def parse(sources: tuple[Source, ...], key: str) -> tuple[tuple[Document, ...], tuple[Diagnostic, ...]]:
    """One document a source. `key` is the notice that addresses without a key speak of."""
    parsed = parse_again(sources, key, Parsed())
    return parsed.documents, parsed.faults


def parse_again(sources: tuple[Source, ...], key: str, before: Parsed) -> Parsed:
    """As `parse`, with every block that says what it said, wherever it stands now, taken from a former parse with the same names."""
    faults: list[Diagnostic] = []
    readable: list[tuple[Source, tuple[Block, ...]]] = []
    for source in sources:
        stopped = border(source)
        faults += stopped
        if not stopped:
            cut_blocks, wrong = blocks(source)
            faults += wrong
            readable.append((source, cut_blocks))
    names, declared, wrong = _names(readable, key)
    faults += wrong
    same = key == before.key and names.table == before.names.table
    names, known = (before.names, before.made) if same else (names, {})
    documents: list[Document] = []
    made: dict[tuple[str, str], tuple[int, Made]] = {}
    for source, its_blocks in readable:
        parts = []
        for block in its_blocks[1:]:
            place, start = (source.name, _raw(source, block)), block.span.start
            stood, part = known.get(place) or (start, _made(source, key, block, names))
            made[place] = (start, part if stood == start else moved(part, start - stood))
            parts.append(made[place][1])
        document, wrong = _document(source, its_blocks, names, declared[source.name], tuple(parts))
        documents.append(document)
        faults += wrong
    return Parsed(tuple(documents), tuple(faults), key, names, made)


def _raw(source: Source, block: Block) -> str:
    """The block as written: quotes keep the widths that folding takes away."""
    return source.text[block.span.start : block.lines[-1].span.end if block.lines else block.tail.span.end]


def _names(readable: list[tuple[Source, tuple[Block, ...]]], key: str) -> tuple[Names, dict[str, Declared], tuple[Diagnostic, ...]]:
    declared: dict[str, Declared] = {}
    for source, its_blocks in readable:
        parts = [_declared(source, key, b) for b in its_blocks if b.kind in ("术语", "参数", "名录")]
        declared[source.name] = Declared(
            tuple(t for p in parts for t in p.terms),
            tuple(s for p in parts for s in p.synonyms),
            tuple(c for p in parts for c in p.catalogues),
            tuple(x for p in parts for x in p.pending),
            tuple(f for p in parts for f in p.faults),
        )
    terms = tuple(t for d in declared.values() for t in d.terms)
    synonyms = tuple(s for d in declared.values() for s in d.synonyms)
    catalogues = tuple(c for d in declared.values() for c in d.catalogues)
    table = entries(terms, synonyms, catalogues)
    named = tuple((n, t) for n, d in declared.items() for t in d.terms)
    spoken = tuple((n, s) for n, d in declared.items() for s in d.synonyms)
    faults = (*(f for d in declared.values() for f in d.faults), *check_names(named, spoken))
    return Names(table, lexicon(table)), declared, faults


def _declared(source: Source, key: str, block: Block) -> Declared:
    return catalogue_of(source, key, block) if block.kind == "名录" else terms_of(source, key, block)


def _document(
    source: Source, its_blocks: tuple[Block, ...], names: Names, declared: Declared, made: tuple[Made, ...]
) -> tuple[Document, tuple[Diagnostic, ...]]:
    terms, misdefined = _defined(source, declared, names)
    catalogues, misconditioned = _conditioned(source, declared, names)
    parts: dict[str, Any] = {name: tuple(x for part, _ in made for x in getattr(part, name)) for name in PARTS}
    document = Document(source.name, _head(its_blocks[0], source), terms, declared.synonyms, catalogues, **parts)
    return document, (*misdefined, *misconditioned, *(fault for _, faults in made for fault in faults))


def _head(block: Block, source: Source) -> tuple[HeadLine, ...]:
    lines = []
    for line in block.lines:
        label, rest = labelled(line)
        lines.append(HeadLine(label, source.text[rest.span.start : rest.span.end].strip() if label else line.text, line.span))
    return tuple(lines)


def _defined(source: Source, declared: Declared, names: Names) -> tuple[tuple[Term, ...], tuple[Diagnostic, ...]]:
    faults: list[Diagnostic] = []
    meanings = {}
    kinds = {t.name: t.kind for t in declared.terms}
    for pending in declared.pending:
        kind = kinds.get(pending.name)
        if kind is None:
            continue
        parse_one: Callable[..., tuple[object, tuple[Diagnostic, ...]]] = (
            parse_condition if kind in (Kind.BOOLEAN, Kind.PERSONS, Kind.LIST) else parse_formula
        )
        meaning, wrong = parse_one(source, pending.text.span, names.lexicon)
        faults += wrong
        meanings[pending.name] = meaning
    return tuple(replace(t, meaning=meanings.get(t.name)) if t.name in meanings else t for t in declared.terms), tuple(faults)  # type: ignore[arg-type]


def _conditioned(source: Source, declared: Declared, names: Names) -> tuple[tuple[Catalogue, ...], tuple[Diagnostic, ...]]:
    faults: list[Diagnostic] = []
    conditions: dict[str, Condition] = {}
    for pending in declared.pending:
        if "/" in pending.name:
            condition, wrong = parse_condition(source, pending.text.span, names.lexicon)
            faults += wrong
            if condition:
                conditions[pending.name] = condition
    made = tuple(
        replace(c, members=tuple(replace(m, condition=conditions.get(f"{c.name}/{m.name}")) for m in c.members)) for c in declared.catalogues
    )
    known = {f"{c.name}/{m.name}" for c in made for m in c.members}
    faults += [_stray(source, p) for p in declared.pending if "/" in p.name and p.name not in known]
    return made, tuple(faults)


def _stray(source: Source, pending: Pending) -> Diagnostic:
    return Diagnostic("unknown-word", f"名录里没有“{pending.name.partition('/')[2]}”", source.name, pending.text.span)


def _made(source: Source, key: str, block: Block, names: Names) -> Made:
    """A document with nothing in it but what this block adds."""
    alone = Document(source.name)
    match block.kind:
        case "术语" | "参数" | "名录":
            return alone, ()
        case "条款":
            clause, faults = clause_of(source, key, block, names.table, names.lexicon)
            return replace(alone, clauses=(clause,)), faults
        case "读法":
            reading, faults = reading_of(source, key, block, names.table, names.lexicon)
            return replace(alone, readings=(reading,)), faults
        case "支付顺序":
            order, faults = order_of(source, key, block, names.table, names.lexicon)
            return (replace(alone, orders=(order,)) if order else alone), faults
        case "事件":
            event, faults = event_of(source, key, block, names.table)
            return replace(alone, events=(event,)), faults
        case "约定":
            wrong: list[Diagnostic] = []
            choices = conventions_of(source, key, block, lambda code, message, span: wrong.append(Diagnostic(code, message, source.name, span)))
            return replace(alone, choices=choices), tuple(wrong)
        case "段落":
            accounted, faults = _accounted(source, key, block)
            return replace(alone, accounted=accounted), faults
        case "案例":
            case, faults = case_of(source, block, names.table, names.lexicon)
            return replace(alone, cases=(case,)), faults
        case _:
            hint = "块有：" + "、".join(BLOCKS)
            return alone, (Diagnostic("unknown-block", f"不认识的块“{block.kind}”", source.name, block.span, hint=hint),)


def _accounted(source: Source, key: str, block: Block) -> tuple[tuple[Accounted, ...], tuple[Diagnostic, ...]]:
    found: list[Accounted] = []
    faults: list[Diagnostic] = []
    for line in block.lines:
        places, _, rest = line.text.partition("：")
        state_text, _, reason = rest.partition("。")
        state = STATES.get(state_text.strip(" 。，"))
        if state is None:
            faults.append(Diagnostic("unknown-state", f"不认识的段落状态“{state_text}”", source.name, line.span, hint="状态有：" + "、".join(STATES)))
            continue
        cited, wrong = addresses(source, key, Line(places, Span(line.span.start, line.span.start + len(places))))
        faults += wrong
        found.append(Accounted(cited, state, reason.strip().removeprefix("理由："), line.span))
    return tuple(found), tuple(faults)
