"""【条款】, 【读法】, 【支付顺序】, 【事件】 and 【约定】 blocks, statement by statement: one bad sentence loses itself and nothing else."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from grammar.acts import Sentence
from grammar.addresses import addresses, quote_span
from grammar.blocks import Block, Line, cut, labelled
from grammar.diagnostic import Diagnostic
from grammar.document import Address, Binding, Candidate, ChooseOne, Clause, Event, Order, Payment, Reading, Standing, Statement, Waiver
from grammar.heard import unheard
from grammar.lexer import Lexicon
from grammar.sentence import parse_condition, parse_sentence
from grammar.source import Source, Span
from grammar.syntax import Condition
from grammar.vocabulary import spoken_differently

STANDINGS = {"释义": Standing.PARAPHRASE, "约定": Standing.CONVENTION, "推导": Standing.DERIVATION}
_BINDING = re.compile(r"^本条所称(.+?)，指(.+?)。?$")
_OVER = re.compile(r"^本条优先于(.+?)。?$")
_CLAUSE_NAME = re.compile(r"条款“([^”]+)”")
_WAIVER = re.compile(r"“([^”]+)”，?(.*?)。?$")
_UNDER = re.compile(r"^按读法([^“”：]+)“([^”]+)”：")
_CANDIDATE = re.compile(r"^(默认|另一)“([^”]+)”：?(.*)$")
#: What needs no sentence of its own: the clause, the list, the order of payment says it already, or no clause can.
_AS_IT_STANDS = re.compile(r"^(依(条款|原句|名录|定义|事件|支付顺序|段落说明|约定|填报|登记)|说明：)")
_READING_ID = re.compile(r"读法([^“”，。：\s]+)")


@dataclass
class Gathering:
    """The parts of one block while its lines are read; lives only inside this file."""

    source: Source
    key: str
    table: Mapping[str, tuple[str, str]]
    lexicon: Lexicon
    faults: list[Diagnostic] = field(default_factory=list)
    basis: tuple[Address, ...] = ()
    bindings: list[Binding] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    over: list[str] = field(default_factory=list)
    ranked: bool = False
    waivers: list[Waiver] = field(default_factory=list)
    premise: Condition | None = None

    def fault(self, code: str, message: str, span: Span, hint: str = "") -> None:
        self.faults.append(Diagnostic(code, message, self.source.name, span, hint=hint))

    def cited(self, line: Line) -> tuple[Address, ...]:
        found, faults = addresses(self.source, self.key, line)
        self.faults += faults
        return found

    def condition(self, line: Line) -> Condition | None:
        condition, faults = parse_condition(self.source, _trimmed(line), self.lexicon)
        self.faults += faults
        return condition


def _trimmed(line: Line) -> Span:
    body = line.text.rstrip("。 ")
    return Span(line.span.start, line.span.start + len(body))


def clause_of(
    source: Source, key: str, block: Block, table: Mapping[str, tuple[str, str]], lexicon: Lexicon
) -> tuple[Clause, tuple[Diagnostic, ...]]:
    g = Gathering(source, key, table, lexicon)
    pairs = [(m[1], m[2]) for line in block.lines if (m := _BINDING.match(line.text))]
    if pairs:
        g.lexicon = spoken_differently(table, pairs)
    for line in block.lines:
        _clause_line(g, line)
    clause = Clause(
        block.name,
        g.basis,
        tuple(g.bindings),
        g.premise,
        tuple(g.statements),
        tuple(g.over),
        g.ranked,
        tuple(g.waivers),
        block.span,
    )
    return clause, tuple(g.faults)


def _clause_line(g: Gathering, line: Line) -> None:
    if match := _UNDER.match(line.text):
        before = len(g.statements)
        _clause_line(g, _rest(line, match.end()))
        g.statements[before:] = [replace(s, reading=(match[1], match[2])) for s in g.statements[before:]]
    elif line.text.startswith("「"):
        _verbatim(g, line)
    elif match := _BINDING.match(line.text):
        _bind(g, match, line)
    elif line.text.rstrip("。") == "本条在前的句子优先":
        g.ranked = True
    elif match := _OVER.match(line.text):
        g.over += _CLAUSE_NAME.findall(match[1])
    else:
        _labelled_line(g, line)


def _rest(line: Line, at: int) -> Line:
    text = line.text[at:]
    lead = len(text) - len(text.lstrip())
    return Line(text.strip(), Span(line.span.start + at + lead, line.span.end))


def _bind(g: Gathering, match: re.Match[str], line: Line) -> None:
    if match[2] not in g.table:
        g.fault("unknown-word", f"本条所称“{match[1]}”所指的“{match[2]}”没有登记", line.span)
        return
    g.bindings.append(Binding(match[1], g.table[match[2]][1], line.span))


def _labelled_line(g: Gathering, line: Line) -> None:
    label, rest = labelled(line)
    match label:
        case "依据":
            g.basis += g.cited(rest)
        case "前提":
            g.premise = g.condition(rest)
        case "不计" | "裁量":
            _waive(g, label, rest)
        case _ if label in STANDINGS:
            _statement(g, STANDINGS[label], rest, "")
        case _:
            g.fault(
                "unknown-line",
                "读不懂这一行",
                line.span,
                "条款内可以写：依据：、「原文」、释义：、约定：、推导：、前提：、本条所称…，指…、本条优先于…、不计：、裁量：",
            )


def _waive(g: Gathering, label: str, rest: Line) -> None:
    for piece in cut(rest, "；"):
        match = _WAIVER.match(piece.text)
        if not match:
            g.fault("unknown-line", f"“{label}：”之后应写“词语”和理由", piece.span)
            continue
        reading = _READING_ID.search(match[2])
        g.waivers.append(Waiver(match[1], match[2], reading[1] if reading else "", piece.span))


def _verbatim(g: Gathering, line: Line) -> None:
    where = quote_span(line)
    if where is None:
        g.fault("unclosed-quote", "照录的原文没有写完，缺少“」”", line.span)
        return
    tail = line.text[where.end - line.span.start + 1 :].strip("。 ")
    if tail:
        g.fault("unknown-line", f"照录之后不能再写“{tail}”", line.span)
    _statement(g, Standing.VERBATIM, Line(g.source.folded[where.start : where.end], where), g.source.text[where.start : where.end])


def _statement(g: Gathering, standing: Standing, line: Line, quote: str) -> None:
    text, basis = line, () if standing is Standing.CONVENTION else g.basis
    at = line.text.rfind("依据：")
    if at > 0:
        basis = g.cited(_rest(line, at + 3))
        text = Line(line.text[:at].strip(), Span(line.span.start, line.span.start + len(line.text[:at].rstrip())))
    sentence, faults = parse_sentence(g.source, text.span, g.lexicon)
    g.faults += faults
    if sentence:
        g.statements.append(Statement(standing, sentence, quote, basis, None, text.span))
        _all_heard(g, standing, text, sentence)


def _all_heard(g: Gathering, standing: Standing, text: Line, sentence: Sentence) -> None:
    """A notice may mention what its sentence does not use; whoever writes a sentence of his own means every word of it."""
    if standing is Standing.VERBATIM:
        return
    for token in unheard(g.source, text.span, g.lexicon, sentence):
        span = Span(token.start_pos or 0, token.end_pos or 0)
        message = f"“{g.source.text[span.start : span.end]}”在这一句里没有起作用"
        g.fault("unheard", message, span, "请删去它，或者换一种写法；用“本条所称…，指…”的，指向只说一样东西的项目。")


def reading_of(
    source: Source, key: str, block: Block, table: Mapping[str, tuple[str, str]], lexicon: Lexicon
) -> tuple[Reading, tuple[Diagnostic, ...]]:
    """【读法 id 标题】 with 词句, 默认“…”, 另一“…”, 依据, 理由. Codes: no-default, unknown-line."""
    g = Gathering(source, key, table, lexicon)
    name, _, title = block.name.partition(" ")
    candidates: list[Candidate] = []
    borrowed: tuple[Address, ...] = ()
    reason = ""
    for line in block.lines:
        label, rest = labelled(line)
        match = _CANDIDATE.match(line.text)
        if match:
            candidates.append(_candidate(g, match, line))
        elif label == "词句":
            g.basis += g.cited(rest)
        elif label == "依据":
            borrowed += g.cited(rest)
        elif label == "理由":
            reason = source.text[rest.span.start : rest.span.end].strip()
        else:
            g.fault("unknown-line", "读不懂这一行", line.span, "读法内可以写：词句：、默认“甲”：、另一“乙”：、依据：、理由：")
    if sum(c.default for c in candidates) != 1:
        g.fault("no-default", f"读法“{name}”应当恰有一个默认的读法", block.span)
    return Reading(name, title.strip(), g.basis, tuple(candidates), reason, borrowed, block.span), tuple(g.faults)


def _candidate(g: Gathering, match: re.Match[str], line: Line) -> Candidate:
    body = _rest(line, match.start(3))
    text = g.source.text[body.span.start : body.span.end].strip()
    is_default, label = match[1] == "默认", match[2]
    if body.text.startswith("计算日期："):
        names = tuple(p.text for p in cut(_rest(body, 5), "、。，"))
        return Candidate(label, is_default, (), names, text, line.span)
    if not body.text or _AS_IT_STANDS.match(body.text):
        return Candidate(label, is_default, (), (), text, line.span)
    derived = body.text.startswith("推导：")
    before = len(g.statements)
    _statement(g, Standing.DERIVATION if derived else Standing.READING, _rest(body, 3) if derived else body, "")
    made = tuple(g.statements[before:])
    del g.statements[before:]
    return Candidate(label, is_default, made, (), text, line.span)


def order_of(
    source: Source, key: str, block: Block, table: Mapping[str, tuple[str, str]], lexicon: Lexicon
) -> tuple[Order | None, tuple[Diagnostic, ...]]:
    """【支付顺序】: 总额, 依次 (one line a payer, each with its 依据), 其余, 前提."""
    g = Gathering(source, key, table, lexicon)
    total = rest = ""
    payments: list[Payment] = []
    for line in block.lines:
        label, body = labelled(line)
        at = body.text.find("依据：")
        name = (body.text[:at] if at >= 0 else body.text).strip(" 。\u3000")
        match label:
            case "依据":
                g.basis += g.cited(body)
            case "前提":
                g.premise = g.condition(body)
            case "总额" | "依次" | "其余" if name not in table:
                g.fault("unknown-word", f"“{name}”没有登记", body.span)
            case "总额":
                total = table[name][1]
            case "依次":
                payments.append(Payment(table[name][1], g.cited(_rest(body, at + 3)) if at >= 0 else (), line.span))
            case "其余":
                rest = table[name][1]
            case _:
                g.fault("unknown-line", "读不懂这一行", line.span, "支付顺序内可以写：依据：、前提：、总额：、依次：、其余：")
    if not (total and payments and rest):
        g.fault("incomplete-order", "支付顺序应写明总额、依次和其余", block.span)
        return None, tuple(g.faults)
    return Order(block.name, total, tuple(payments), rest, g.premise, g.basis, block.span), tuple(g.faults)


def event_of(source: Source, key: str, block: Block, table: Mapping[str, tuple[str, str]]) -> tuple[Event, tuple[Diagnostic, ...]]:
    """【事件 X】: 涉及该笔, 此后当年, 当年各笔 name flags; 该笔作废，当年重新计算 asks for replay and 比较 names what it compares."""
    g = Gathering(source, key, table, Lexicon({}, ()))
    event = Event(block.name, span=block.span)
    flags = {"涉及该笔": "touched", "此后当年": "later", "当年各笔": "whole_year"}
    names = {"原记入": "before", "新记入": "after", "多付记入": "overpaid"}
    for line in block.lines:
        label, body = labelled(line)
        name = body.text.strip("。 ")
        if label == "依据":
            g.basis += g.cited(body)
        elif label == "比较" and all(n in table for n in name.split("、")):
            event = replace(event, compared=tuple(table[n][1] for n in name.split("、")))
        elif label in flags and name in table:
            meant: Any = table[name][1]
            event = replace(event, **{flags[label]: meant})
        elif label in names:
            recorded: Any = name
            event = replace(event, **{names[label]: recorded})
        elif line.text.startswith("该笔作废，当年重新计算"):
            event = replace(event, voids=True)
        elif line.text.startswith("该笔不计入以后各笔的累计"):
            event = replace(event, uncounted=True)
        else:
            g.fault(
                "unknown-line",
                "读不懂这一行",
                line.span,
                "事件内可以写：涉及该笔：、此后当年：、当年各笔：、该笔作废，当年重新计算。、该笔不计入以后各笔的累计。、比较：、原记入：、新记入：、多付记入：",
            )
    return replace(event, basis=g.basis), tuple(g.faults)


_CHOOSE = re.compile(r"^(.+?)有多项的，逐项计算，取(.+?)最高的一项。?$")


def conventions_of(source: Source, key: str, block: Block, fail: Callable[[str, str, Span], None]) -> tuple[ChooseOne, ...]:
    """【约定】: for now one form, 「人员类别有多项的，逐项计算，取医疗救助合计、参保资助最高的一项。」"""
    found: list[ChooseOne] = []
    for line in block.lines:
        match = _CHOOSE.match(line.text)
        if match:
            found.append(ChooseOne(match[1], tuple(match[2].split("、")), line.span))
        else:
            fail("unknown-line", "读不懂这一行", line.span)
    return tuple(found)
