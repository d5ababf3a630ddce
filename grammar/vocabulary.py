"""Declared names → the lexicon of a policy, and what is wrong with the names themselves."""

from collections.abc import Iterable, Mapping

from grammar.diagnostic import Diagnostic, Related, Severity
from grammar.document import Catalogue, Kind, Synonym, Term
from grammar.lexer import Lexicon, lexicon, words
from grammar.source import fold

TERMINALS = {
    Kind.MONEY: "QTY",
    Kind.RATIO: "QTY",
    Kind.COUNT: "QTY",
    Kind.DATE: "QTY",
    Kind.YEAR: "QTY",
    Kind.MONTH: "QTY",
    Kind.TEXT: "QTY",
    Kind.CHOICE: "QTY",
    Kind.BOOLEAN: "FLAG",
    Kind.LIST: "LIST",
    Kind.PERSONS: "GROUP",
    Kind.TITLE: "TITLE",
    Kind.SET: "SET",
    Kind.RULESET: "RULESET",
    Kind.PAYER: "PAYER",
    Kind.CATALOGUE: "CATALOGUE",
    Kind.BANDS: "QTY",
    Kind.DATES: "QTY",
}
#: Words whose loss inside a long name would hide a comparison, an exception or a pairing.
CUES = ("超过", "不足", "不满", "以上", "以下", "以内", "不低于", "不高于", "达到", "除外", "分别", "左右", "原则上", "孰低", "孰高")


#: Words that notices also use as nouns (补助, 补偿, 支付); a policy may name something so, and then reads them as that name.
NAMEABLE = "PAYS"


def entries(terms: Iterable[Term], synonyms: Iterable[Synonym], catalogues: Iterable[Catalogue]) -> dict[str, tuple[str, str]]:
    """Folded wording → (terminal, canonical name)."""
    table: dict[str, tuple[str, str]] = {}
    for term in terms:
        for wording in (term.name, *term.synonyms):
            table[fold(wording)] = (TERMINALS[term.kind], term.name)
        if term.kind not in (Kind.SET, Kind.LIST):
            table |= {fold(m): ("MEMBER", m) for m in term.members}
    table |= {fold(c.name): ("CATALOGUE", c.name) for c in catalogues}
    for synonym in synonyms:
        entry = table.get(fold(synonym.name))
        if entry:
            table |= {fold(s): entry for s in synonym.synonyms}
    return table


def spoken_differently(base: Mapping[str, tuple[str, str]], bindings: Iterable[tuple[str, str]]) -> Lexicon:
    """The lexicon with 本条所称X，指Y applied: X reads as Y."""
    table = dict(base)
    for spoken, meant in bindings:
        if entry := table.get(fold(meant)):
            table[fold(spoken)] = entry
    return lexicon(table)


def check_names(named: tuple[tuple[str, Term], ...], synonyms: tuple[tuple[str, Synonym], ...]) -> tuple[Diagnostic, ...]:
    """Codes: duplicate-term, reserved-word, swallowed-cue, unknown-synonym."""
    seen: dict[str, tuple[str, Term]] = {}
    faults: list[Diagnostic] = []
    for source, term in named:
        for wording in (term.name, *term.synonyms):
            faults += _check_wording(source, term, wording, seen)
    faults += [f for source, term in named for f in _check_members(source, term, seen)]
    known = {m for _, t in named for m in t.members} | set(seen)
    for source, synonym in synonyms:
        if synonym.name not in known:
            faults.append(Diagnostic("unknown-synonym", f"“{synonym.name}”没有登记，不能另有别称", source, synonym.span))
    return tuple(faults)


def _check_members(source: str, term: Term, seen: dict[str, tuple[str, Term]]) -> list[Diagnostic]:
    """A member may stand in several enumerations, but it is not also a term or a word of the language."""
    if term.kind in (Kind.SET, Kind.LIST):
        return []
    faults = []
    for member in term.members:
        if member in seen:
            where, other = seen[member]
            related = (Related(f"“{member}”已在这里登记", where, other.span),)
            faults.append(Diagnostic("duplicate-term", f"成员“{member}”与另一个名称相同", source, term.span, related=related))
        if member in words():
            faults.append(Diagnostic("reserved-word", f"“{member}”是句式用语，不能作为成员", source, term.span))
    return faults


def _check_wording(source: str, term: Term, wording: str, seen: dict[str, tuple[str, Term]]) -> list[Diagnostic]:
    faults: list[Diagnostic] = []
    if wording in seen:
        where, other = seen[wording]
        related = (Related(f"“{wording}”已在这里登记", where, other.span),)
        faults.append(Diagnostic("duplicate-term", f"“{wording}”登记了两次", source, term.span, related=related))
    seen[wording] = (source, term)
    if words().get(wording, NAMEABLE) != NAMEABLE:
        faults.append(Diagnostic("reserved-word", f"“{wording}”是句式用语，不能作为名称", source, term.span))
    cue = next((c for c in CUES if c in wording), "")
    if cue and term.kind is not Kind.TITLE:
        message = f"名称“{wording}”含有“{cue}”，会掩盖比较、例外或者累计"
        faults.append(Diagnostic("swallowed-cue", message, source, term.span, Severity.ERROR, "请把它写成句式，不要写进名称。"))
    return faults
