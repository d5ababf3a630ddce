"""【术语】, 【参数】 and 【名录】 blocks: names with a kind, attributes in any order, members after a colon.

医疗总费用、政策范围内费用，金额，填报，不低于0元。
人员类别，类别，填报，可以多项：低保对象、特困人员、孤儿。问：属于哪类人员？
孤儿，又称事实无人抚养儿童。
"""

import re
from dataclasses import dataclass, replace
from typing import Any

from grammar.addresses import addresses, quote_span
from grammar.blocks import Block, Line, cut, labelled
from grammar.diagnostic import Diagnostic
from grammar.document import Catalogue, CatalogueMember, Kind, Origin, Synonym, Term
from grammar.literals import han_number
from grammar.source import Source, Span

KINDS = {k.value: k for k in Kind}


@dataclass(frozen=True, slots=True)
class Pending:
    """A definition (指…) or a member's condition, to be parsed when the whole vocabulary is known."""

    name: str
    text: Line


@dataclass(frozen=True, slots=True)
class Declared:
    terms: tuple[Term, ...] = ()
    synonyms: tuple[Synonym, ...] = ()
    catalogues: tuple[Catalogue, ...] = ()
    pending: tuple[Pending, ...] = ()
    faults: tuple[Diagnostic, ...] = ()


def _tails(line: Line) -> tuple[Line, Line | None, Line | None]:
    """A line without its 问：… and 依据：… ends, and those."""
    text, base = line.text, line.span.start
    basis = question = None
    at = text.rfind("依据：")
    if at >= 0:
        basis = Line(text[at + 3 :].strip(), Span(base + at + 3, line.span.end))
        text = text[:at]
    at = text.rfind("问：")
    if at >= 0:
        question = Line(text[at + 2 :].strip(), Span(base + at + 2, base + len(text)))
        text = text[:at]
    body = text.strip().rstrip("。").strip()
    start = base + (line.text.index(body) if body else 0)
    return Line(body, Span(start, start + len(body))), question, basis


def terms_of(source: Source, key: str, block: Block) -> Declared:
    """Codes: bad-declaration, unknown-kind, bad-address."""
    terms: list[Term] = []
    synonyms: list[Synonym] = []
    pending: list[Pending] = []
    faults: list[Diagnostic] = []
    origin = Origin.PARAMETER if block.kind == "参数" else Origin.DERIVED
    for line in block.lines:
        body, question, basis = _tails(line)
        cited, more = addresses(source, key, basis) if basis else ((), ())
        faults += more
        parts = cut(body, "，")
        if len(parts) == 2 and parts[1].text.startswith("又称"):
            synonyms.append(Synonym(parts[0].text, _names(parts[1].text.removeprefix("又称")), line.span))
            continue
        made, wrong, defined = _term(source, parts, body, origin)
        faults += wrong
        pending += defined
        asked = source.text[question.span.start : question.span.end].strip() if question else ""
        terms += [replace(t, question=asked, basis=cited, span=line.span) for t in made]
    return Declared(tuple(terms), tuple(synonyms), (), tuple(pending), tuple(faults))


def _names(text: str) -> tuple[str, ...]:
    return tuple(p.text for p in cut(Line(text, Span(0, len(text))), "、"))


def _term(source: Source, parts: list[Line], body: Line, origin: Origin) -> tuple[list[Term], list[Diagnostic], list[Pending]]:
    if len(parts) < 2:
        return [], [Diagnostic("bad-declaration", "应写明名称和种类，例如：医疗总费用，金额，填报。", source.name, body.span)], []
    kind_text, _colon, _members_text = parts[1].text.partition("：")
    if kind_text not in KINDS:
        return [], [_unknown_kind(source, parts[1], kind_text)], []
    term = Term("", KINDS[kind_text], origin, members=_members(source, body) if "：" in body.text else ())
    pending: list[Pending] = []
    faults: list[Diagnostic] = []
    names = _names(parts[0].text)
    for part in parts[2:]:
        if part.text.startswith("指"):
            rest = _meaning(body, part, bool(term.members))
            pending += [Pending(n, rest) for n in names]
            break
        changed = _attribute(term, part.text.partition("：")[0])
        if changed is None:
            faults.append(Diagnostic("bad-declaration", f"不认识的说明“{part.text}”", source.name, part.span, hint=_ATTRIBUTE_HINT))
        else:
            term = changed
        if "：" in part.text:
            break
    return [replace(term, name=n) for n in names], faults, pending


def _meaning(body: Line, part: Line, has_members: bool) -> Line:
    """What follows 指, up to the members if there are any."""
    text = body.text[part.span.start - body.span.start + 1 :]
    text = text.partition("：")[0] if has_members else text
    return Line(text, Span(part.span.start + 1, part.span.start + 1 + len(text)))


_ATTRIBUTE_HINT = "可以写：填报、参数、结果、推导、又称…、不低于…、不超过…、没有填报的为…、没有规定的为…、可以多项、另可取值…、指…"


def _unknown_kind(source: Source, part: Line, kind: str) -> Diagnostic:
    return Diagnostic("unknown-kind", f"不认识的种类“{kind}”", source.name, part.span, hint="种类有：" + "、".join(KINDS))


def _members(source: Source, body: Line) -> tuple[str, ...]:
    """Members stand after the first colon, with the source's own punctuation inside brackets kept folded."""
    return _names(body.text.partition("：")[2])


def _attribute(term: Term, text: str) -> Term | None:
    """The term with one attribute more, or None when the text is no attribute."""
    value: Any
    for pattern, field, kind in _ATTRIBUTES:
        if match := pattern.match(text):
            value = kind(match[1]) if match.groups() else True
            filled: Any = (*getattr(term, field), *value) if isinstance(value, tuple) else value
            return replace(term, **{field: filled})
    return term if _REMARK.match(text) else None


#: Who vouches for a fact (由医疗机构认定), or its unit: said for people.
_REMARK = re.compile("^(?:由|单位).")

#: What an attribute looks like, which field it fills, and how its text is read.
_ATTRIBUTES: tuple[tuple[re.Pattern[str], str, Any], ...] = tuple(
    (re.compile(pattern), field, kind)
    for pattern, field, kind in (
        ("^(填报|参数|结果|推导|合计)$", "origin", Origin),
        ("^没有(?:填报|提供)的为(.+)$", "default", str),
        ("^没有规定的为(.+)$", "closing", str),
        ("^按(.+)分别累计$", "by", str),
        ("^按(.+)列值$", "keyed", str),
        ("^与(.+)不并存$", "apart", str),
        ("^为(.+)的期初数$", "opening", str),
        ("^保留([0-9])位小数$", "decimals", str),
        ("^未知时两种情形并列$", "branching", bool),
        ("^可以多项$", "several", bool),
        ("^合计取最后一笔$", "latest", bool),
        ("^由低到高$", "ordered", bool),
        ("^填报优先$", "filed_first", bool),
        ("^又称(.+)$", "synonyms", _names),
        ("^另可取值(.+)$", "members", _names),
        ("^不低于(.+)$", "at_least", str),
        ("^不超过(.+)$", "at_most", str),
        ("^(?:取|记入)(.+)$", "source", str),
    )
)


def catalogue_of(source: Source, key: str, block: Block) -> Declared:
    """【名录 X】共N种 依据：…; entries in 「…」 or plain; 「甲，又称乙。」 and 「甲：条件。」 lines after them."""
    tail, _, basis = _tails(block.tail)
    cited, faults = addresses(source, key, basis) if basis else ((), ())
    stated = re.search(r"共([0-9]+|[一二三四五六七八九十百]+)(?:种|家|类|项|个)", tail.text)
    members: list[CatalogueMember] = []
    pending: list[Pending] = []
    quote = ""
    for line in block.lines:
        label, rest = labelled(line)
        body, _, _ = _tails(line)
        parts = cut(body, "，")
        if line.text.startswith("「") and (where := quote_span(line)):
            quote = source.text[where.start : where.end]
            members += _entries(quote.strip(), len(members), where)
        elif label:
            pending.append(
                Pending(f"{block.name}/{label}", Line(rest.text.rstrip("。"), Span(rest.span.start, rest.span.start + len(rest.text.rstrip("。")))))
            )
        elif len(parts) == 2 and parts[1].text.startswith("又称"):
            members = _with_synonyms(members, parts[0].text, _names(parts[1].text.removeprefix("又称")))
        else:
            members += _entries(body.text, len(members), line.span)
    count = _count(stated[1]) if stated else None
    catalogue = Catalogue(block.name, tuple(members), count, quote, cited, block.span)
    return Declared((), (), (catalogue,), tuple(pending), tuple(faults))


def _count(text: str) -> int | None:
    return int(text) if text.isdigit() else han_number(text)


def _entries(text: str, before: int, span: Span) -> list[CatalogueMember]:
    names = [n for n in _names(text.strip("。、，；")) if n]
    return [CatalogueMember(n, before + i + 1, span=span) for i, n in enumerate(names)]


def _with_synonyms(members: list[CatalogueMember], name: str, synonyms: tuple[str, ...]) -> list[CatalogueMember]:
    return [replace(m, synonyms=m.synonyms + synonyms) if m.name == name else m for m in members]
