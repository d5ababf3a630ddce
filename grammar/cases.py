"""【案例】: a worked claim inside the policy. Facts and expectations are 「X为V」 pairs, cut by the vocabulary, so a member may hold a comma.

已知：…      facts of every visit              第1笔：…    facts of one visit
参数：…      parameter values                  应得：…     expected of the visit above
合计：…      expected of the whole claim       适用：/未适用：  clauses
事件：2023年10月12日，第1笔核定为虚假费用        读法：A004-1“按次”   what follows holds under that reading
起付线为乡镇150元、县级400元                     分段为至10000元60%、以上80%   tables, row by row
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from grammar.blocks import Block, Line, cut, labelled
from grammar.diagnostic import Diagnostic
from grammar.document import Alternative, Case, CaseEvent, CaseVisit, Entry, Given, Value
from grammar.lexer import Lexicon, nearest_term
from grammar.literals import Literal, Measure, read_literal
from grammar.source import Source, Span

_VISIT = re.compile(r"^第([0-9]{1,9})笔$")
_READING = re.compile(r"([A-Za-z0-9\-]+[^“”、，]{0,8})“([^”]+)”")


#: A case is read by people: more visits than this are a slip of the pen.
MOST_VISITS = 200


@dataclass
class Writing:
    """A case while its lines are read."""

    common: list[Given] = field(default_factory=list)
    parameters: list[Given] = field(default_factory=list)
    visits: list[list[Given]] = field(default_factory=list)
    expected: list[list[Given]] = field(default_factory=list)
    events: list[CaseEvent] = field(default_factory=list)
    totals: list[Given] = field(default_factory=list)
    fired: tuple[str, ...] = ()
    unfired: tuple[str, ...] = ()
    readings: tuple[tuple[str, str], ...] = ()
    alternatives: list[tuple[tuple[tuple[str, str], ...], list[tuple[int, tuple[Given, ...]]], list[Given]]] = field(default_factory=list)


def case_of(source: Source, block: Block, table: Mapping[str, tuple[str, str]], lexicon: Lexicon) -> tuple[Case, tuple[Diagnostic, ...]]:
    """Codes: unknown-line, unknown-word, bad-value."""
    w = Writing()
    faults: list[Diagnostic] = []
    at_visit = 1
    for line in block.lines:
        label, rest = labelled(line)
        given, wrong = ((), ()) if label in _WITHOUT_PAIRS else pairs(source, rest, table, lexicon, label == "合计")
        faults += wrong
        match = _VISIT.match(label)
        if match:
            number = int(match[1])
            if 1 <= number <= MOST_VISITS:
                at_visit = number
                _visit(w, at_visit).extend(given)
            else:
                faults.append(_no_visit(source, line))
        elif label in _PLACES:
            _PLACES[label](w, given, at_visit)
        elif label in _WITHOUT_PAIRS:
            _WITHOUT_PAIRS[label](w, rest)
        else:
            faults.append(
                Diagnostic(
                    "unknown-line",
                    "读不懂这一行",
                    source.name,
                    line.span,
                    hint="案例内可以写：已知：、参数：、第1笔：、应得：、合计：、事件：、适用：、未适用：、读法：",
                )
            )
    return _case(block, w), tuple(faults)


def _no_visit(source: Source, line: Line) -> Diagnostic:
    hint = "各笔依次写成第1笔：、第2笔：…"
    return Diagnostic("bad-value", f"一个案例从第1笔写起，至多写{MOST_VISITS}笔", source.name, line.span, hint=hint)


def _case(block: Block, w: Writing) -> Case:
    count = max(len(w.visits), len(w.expected), 1)
    visits = tuple(CaseVisit(tuple(_at(w.visits, i)), tuple(_at(w.expected, i))) for i in range(count))
    alternatives = tuple(Alternative(r, tuple(e), tuple(t)) for r, e, t in w.alternatives)
    return Case(
        block.name,
        tuple(w.common),
        tuple(w.parameters),
        visits,
        tuple(w.events),
        tuple(w.totals),
        w.fired,
        w.unfired,
        w.readings,
        alternatives,
        block.span,
    )


def _at(lists: list[list[Given]], index: int) -> list[Given]:
    return lists[index] if index < len(lists) else []


def _grown(lists: list[list[Given]], number: int) -> list[Given]:
    while len(lists) < number:
        lists.append([])
    return lists[number - 1]


def _visit(w: Writing, number: int) -> list[Given]:
    return _grown(w.visits, number)


def _expect(w: Writing, given: tuple[Given, ...], visit: int) -> None:
    if w.alternatives:
        w.alternatives[-1][1].append((visit, given))
    else:
        _grown(w.expected, visit).extend(given)


def _total(w: Writing, given: tuple[Given, ...], visit: int) -> None:
    (w.alternatives[-1][2] if w.alternatives else w.totals).extend(given)


_PLACES = {
    "已知": lambda w, given, visit: w.common.extend(given),
    "参数": lambda w, given, visit: w.parameters.extend(given),
    "应得": _expect,
    "合计": _total,
}


def _names(rest: Line) -> tuple[str, ...]:
    return tuple(p.text for p in cut(rest, "、。"))


def _fired(w: Writing, rest: Line) -> None:
    w.fired += _names(rest)


def _unfired(w: Writing, rest: Line) -> None:
    w.unfired += _names(rest)


def _event(w: Writing, rest: Line) -> None:
    parts = cut(rest, "，。")
    literal = read_literal(parts[0].text) if parts else None
    dated = literal is not None and literal[0].measure is Measure.DATE
    w.events.append(CaseEvent(parts[-1].text if parts else "", literal[0] if literal and dated else None))


def _reading(w: Writing, rest: Line) -> None:
    chosen = tuple((m[1].strip(), m[2]) for m in _READING.finditer(rest.text))
    if any(w.expected) or w.alternatives:
        w.alternatives.append((chosen, [], []))
    else:
        w.readings = chosen


_WITHOUT_PAIRS = {"适用": _fired, "未适用": _unfired, "事件": _event, "读法": _reading}


def pairs(
    source: Source, line: Line, table: Mapping[str, tuple[str, str]], lexicon: Lexicon, totals: bool = False
) -> tuple[tuple[Given, ...], tuple[Diagnostic, ...]]:
    """「X为V，Y为W」 with the longest known name before each 为. Names of totals (2023年度合计_X) are taken as they stand when `totals`."""
    found: list[Given] = []
    faults: list[Diagnostic] = []
    text = line.text.rstrip("。 ")
    at = 0
    while at < len(text):
        name, after = _name(text, at, table)
        if not name and totals and "为" in text[at:]:
            after = text.index("为", at) + 1
            name = text[at : after - 1].strip()
        if not name:
            end = _end_of(text, at)
            faults.append(_unread(source, Span(line.span.start + at, line.span.start + end), text[at:end], table, lexicon))
            at = end + 1
            continue
        values, end, wrong = _values(source, line, text, after, table)
        faults += wrong
        found.append(Given(name, values, Span(line.span.start + at, line.span.start + end)))
        at = end + 1
        while at < len(text) and text[at] in " \u3000":
            at += 1
    return tuple(found), tuple(faults)


def _unread(source: Source, span: Span, stray: str, table: Mapping[str, tuple[str, str]], lexicon: Lexicon) -> Diagnostic:
    """Of a known name what is missing is said, not that it is unknown."""
    known = next((stray[:n] for n in range(len(stray), 0, -1) if stray[:n] in table), "")
    rest = stray[len(known) :]
    if known and (not rest or rest in _WORDS or read_literal(rest)):
        member = table[known][0] == "MEMBER"
        message, hint = (f"“{known}”之前没有写是哪一项", f"…为{known}") if member else (f"“{known}”之后没有写“为”和值", f"{known}为{rest or '…'}")
        return Diagnostic("bad-value", message, source.name, span, hint=f"请写成“{hint}”。")
    nearest = nearest_term(stray.partition("为")[0], lexicon.names)
    return Diagnostic("unknown-word", f"不认识“{stray}”", source.name, span, hint=f"是否指“{nearest}”？" if nearest else "")


def _end_of(text: str, at: int) -> int:
    end = text.find("，", at)
    return len(text) if end < 0 else end


def _name(text: str, at: int, table: Mapping[str, tuple[str, str]]) -> tuple[str, int]:
    stop = text.find("为", at)
    while stop >= 0 and stop - at <= 60:
        wording = text[at:stop].strip()
        if wording in table:
            return table[wording][1], stop + 1
        plain = wording.removeprefix("若为是_").removeprefix("若为否_").removesuffix("_下限").removesuffix("_上限")
        if plain != wording and plain in table:
            return wording.replace(plain, table[plain][1]), stop + 1
        stop = text.find("为", stop + 1)
    return "", at


def _values(source: Source, line: Line, text: str, at: int, table: Mapping[str, tuple[str, str]]) -> tuple[tuple[Value, ...], int, list[Diagnostic]]:
    values: list[Value] = []
    faults: list[Diagnostic] = []
    while True:
        value, end = _value(source, line, text, at, table)
        if end == at:
            stop = _end_of(text, at)
            span = Span(line.span.start + at, line.span.start + stop)
            return tuple(values), stop, [*faults, Diagnostic("bad-value", f"读不懂的值“{text[at:stop]}”", source.name, span)]
        if _splits_a_fen(value):
            span = Span(line.span.start + at, line.span.start + end)
            faults.append(Diagnostic("bad-value", f"金额“{text[at:end]}”多于两位小数", source.name, span, hint="金额写到分为止，例如1.23元。"))
        values.append(value)
        if end >= len(text) or text[end] != "、":
            return tuple(values), end, faults
        at = end + 1


def _splits_a_fen(value: Value) -> bool:
    """1.239元, alone or in a row of a table: an amount that nobody can pay."""
    figures = (value.key, value.value) if isinstance(value, Entry) else (value,)
    amounts = (f.value for f in figures if isinstance(f, Literal) and f.measure is Measure.MONEY)
    return any(isinstance(a, Fraction) and a.denominator != 1 for a in amounts)


_WORDS: dict[str, str | bool | None] = {"是": True, "否": False, "未知": None, "待定": "待定", "不适用": "不适用", "冲突": "冲突"}


def _value(source: Source, line: Line, text: str, at: int, table: Mapping[str, tuple[str, str]]) -> tuple[Value, int]:
    if match := re.match(r"“([^”]*)”", text[at:]):
        raw = source.text[line.span.start + at + 1 : line.span.start + at + match.end() - 1]
        return raw, at + match.end()
    if row := _entry(text, at, table):
        return row
    best: tuple[Value, int] = (None, at)
    for end in range(min(len(text), at + 60), at, -1):
        entry = table.get(text[at:end])
        if entry and entry[0] == "MEMBER" and (end == len(text) or text[end] in "，、"):
            return entry[1], end
    literal = read_literal(text, at)
    if literal and (literal[1] == len(text) or text[literal[1]] in "，、"):
        best = (literal[0], literal[1])
    for word, value in _WORDS.items():
        end = at + len(word)
        if text.startswith(word, at) and (end == len(text) or text[end] in "，、"):
            best = (value, end)
    return best


def _entry(text: str, at: int, table: Mapping[str, tuple[str, str]]) -> tuple[Entry, int] | None:
    """「县级400元」, 「至10000元60%」, 「以上80%」: a row of a table, up to the next 、 or ，."""
    for key, after in _keys(text, at, table):
        literal = read_literal(text, after)
        if literal and (literal[1] == len(text) or text[literal[1]] in "，、"):
            return Entry(key, literal[0]), literal[1]
    return None


def _keys(text: str, at: int, table: Mapping[str, tuple[str, str]]) -> list[tuple[str | Literal | None, int]]:
    if text.startswith("以上", at):
        return [(None, at + 2)]
    if text.startswith("至", at) and (bound := read_literal(text, at + 1)):
        return [bound]
    return [(entry[1], end) for end in range(min(len(text), at + 60), at, -1) if (entry := table.get(text[at:end])) and entry[0] == "MEMBER"]
