"""Worked claims run against a policy: the 【案例】 it carries, and case files of the same shape as the shared ones.

Expected figures come from the document. A case passes when every expected outcome is equal and every clause or sentence it names fired (or did not).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from grammar.document import Case, Entry, Given, Kind, Standing
from grammar.literals import Literal, Measure, literal_text
from interpreter.decision import Decision
from interpreter.explain import Explanation
from interpreter.result import result
from interpreter.rulebook import Rulebook
from interpreter.wording import plain_money

Decide = Callable[[dict[str, Any]], tuple[Rulebook | None, Decision | None, tuple[str, ...]]]
_LEAF = re.compile(r"/(c\d+|i\d+)$")


@dataclass(frozen=True, slots=True)
class CaseReport:
    """One case: what differed, in Chinese; nothing when it passed."""

    title: str
    differences: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.differences


@dataclass(frozen=True, slots=True)
class Report:
    """All cases, and for each clause how many visits it fired on and how many it did not."""

    cases: tuple[CaseReport, ...]
    coverage: tuple[tuple[str, int, int], ...]


def run_cases(book: Rulebook, cases: Iterable[Case], files: Iterable[Any], decide: Decide) -> Report:
    """`decide` compiles under the claim's own readings. `files` hold case-shaped objects already read from JSON."""
    fired: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    reports = [_run_case(book, case, decide, fired, seen) for case in cases]
    reports += [_run_filed(case, decide, fired, seen) for case in files]
    clauses = dict.fromkeys(c for c, s, _ in book.statements if s.standing in (Standing.VERBATIM, Standing.PARAPHRASE))
    return Report(tuple(reports), tuple((c, fired[c], seen[c] - fired[c]) for c in clauses))


def agrees(book: Rulebook, cases: Iterable[Case], files: Iterable[Any], decide: Decide) -> bool:
    """Whether every case agrees; the first that does not ends the search."""
    unseen: Counter[str] = Counter()
    return all(_run_case(book, c, decide, unseen, unseen).passed for c in cases) and all(_run_filed(c, decide, unseen, unseen).passed for c in files)


def _count(decision: Decision, fired: Counter[str], seen: Counter[str], book: Rulebook) -> None:
    for visit in decision.visits:
        names = {f.origin.clause for f in Explanation(decision.graph, visit).fired}
        for clause in {c for c, _, _ in book.statements}:
            seen[clause] += 1
            fired[clause] += clause in names


# --- cases inside a policy -------------------------------------------------------------------------------------------------------------------------


def _run_case(book: Rulebook, case: Case, decide: Decide, fired: Counter[str], seen: Counter[str]) -> CaseReport:
    differences = list(_attempt(case, dict(case.readings), decide, book, fired, seen, None))
    for alternative in case.alternatives:
        expected: dict[int, tuple[Given, ...]] = {}
        for number, given in alternative.expected:
            expected[number] = (*expected.get(number, ()), *given)
        said = "、".join(f"{i}“{label}”" for i, label in alternative.readings)
        found = _attempt(case, dict(case.readings) | dict(alternative.readings), decide, book, Counter(), Counter(), (expected, alternative.totals))
        differences += [f"按读法{said}：{d}" for d in found]
    return CaseReport(case.title, tuple(differences))


def _attempt(
    case: Case,
    readings: dict[str, str],
    decide: Decide,
    book: Rulebook,
    fired: Counter[str],
    seen: Counter[str],
    instead: tuple[dict[int, Any], Any] | None,
) -> tuple[str, ...]:
    its_book, decision, faults = decide(claim_of(case, readings, book))
    if decision is None or its_book is None:
        return faults
    _count(decision, fired, seen, book)
    answer = result(its_book, decision, "")
    wrong: list[str] = []
    for number, visit in enumerate(case.visits):
        expected = instead[0].get(number + 1, ()) if instead else visit.expected
        wrong += _compare(f"第{number + 1}笔", expected, _absent(its_book, decision, number) | answer["就诊"][number]["结果"], its_book)
    wrong += _compare("合计", instead[1] if instead else case.totals, _flat(answer["合计"]), its_book)
    return tuple(wrong) if instead else (*wrong, *_clauses(case, decision, its_book))


def _absent(book: Rulebook, decision: Decision, number: int) -> dict[str, str]:
    shown = decision.visits[number]
    return {o: "不适用" for o in decision.graph.outcomes if str(getattr(shown.value(decision.graph, o), "value", "")) == "不适用"}


def _flat(totals: dict[str, Any]) -> dict[str, str]:
    flat = {k: v for k, v in totals.items() if isinstance(v, str)}
    for name, inner in totals.items():
        if isinstance(inner, dict):
            flat |= {f"{name}_{k}": v for k, v in inner.items()}
    return flat


def _compare(where: str, expected: Iterable[Given], found: dict[str, Any], book: Rulebook) -> list[str]:
    wrong = []
    for given in expected:
        want = "、".join(expected_text(v, book.term[given.term].kind if given.term in book.term else None) for v in given.values)
        got = str(found.get(given.term, "（没有这一项）"))
        if want != got:
            wrong.append(f"{where}“{given.term}”应为 {want}，实为 {got}")
    return wrong


def _clauses(case: Case, decision: Decision, book: Rulebook) -> list[str]:
    known = {c for c, _, _ in book.statements} | {r.id for r in book.readings}
    fired = {f.origin.clause for v in decision.visits for f in Explanation(decision.graph, v).fired}
    missing = [f"应当适用而没有适用：{c}" for c in case.fired if c not in fired]
    unknown = [f"没有条款“{c}”" for c in (*case.fired, *case.unfired) if c not in known]
    return unknown + missing + [f"不应适用而适用了：{c}" for c in case.unfired if c in fired]


def expected_text(value: object, kind: Kind | None) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Literal):
        if value.measure is Measure.MONEY:
            return _exact_money(value)
        return value.value.isoformat() if isinstance(value.value, date) else literal_text(value)
    return "未知" if value is None else str(value)


def claim_of(case: Case, readings: dict[str, str], book: Rulebook) -> dict[str, Any]:
    """The case as a claim file."""
    common = {g.term: _raw(g, book) for g in case.common}
    visits = [common | {g.term: _raw(g, book) for g in v.facts} for v in case.visits]
    events = [{"事件": e.text, "核定日期": e.day.value.isoformat() if e.day and isinstance(e.day.value, date) else None} for e in case.events]
    parameters = {g.term: _raw(g, book) for g in case.parameters}
    return {"政策": book.key, "就诊": visits, "参数": parameters, "读法": readings, "事件": events}


def _raw(given: Given, book: Rulebook) -> Any:
    rows = [v for v in given.values if isinstance(v, Entry)]
    if rows:
        return _table(rows)
    values = [_raw_value(v) for v in given.values]
    term = book.term.get(given.term)
    listed = term is not None and values != [None] and (term.kind is Kind.CATALOGUE or len(values) > 1)
    return values if listed else values[0] if values else None


def _table(rows: list[Entry]) -> Any:
    """One value a member, or bands that follow one another: [low, high, ratio]."""
    if all(isinstance(r.key, str) for r in rows):
        return {r.key: _raw_value(r.value) for r in rows}
    tops = [None if r.key is None else _raw_value(r.key) for r in rows]
    return [[low, high, _raw_value(r.value)] for low, high, r in zip(["0", *tops], tops, rows, strict=False)]


def _raw_value(value: object) -> Any:
    if not isinstance(value, Literal):
        return value
    if isinstance(value.value, date):
        return value.value.isoformat()
    return _exact_money(value) if value.measure is Measure.MONEY else literal_text(value)


def _exact_money(amount: Literal) -> str:
    """1234.50 as a claim has it; with a part of a fen as it is written, so that no claim takes it and no outcome equals it."""
    fen = amount.value
    return plain_money(fen.numerator) if isinstance(fen, Fraction) and fen.denominator == 1 else literal_text(amount)


# --- case files ------------------------------------------------------------------------------------------------------------------------------------


def claims_of(case: dict[str, Any]) -> list[dict[str, Any]]:
    """形式 多人: each visit is a claim of its own."""
    base = {"参数": case.get("参数") or {}}
    if case.get("形式") == "多人":
        return [base | {"就诊": [v]} for v in case["就诊"]]
    return [base | {"就诊": case["就诊"], "事件": case.get("事件") or []}]


def _run_filed(case: dict[str, Any], decide: Decide, fired: Counter[str], seen: Counter[str]) -> CaseReport:
    visits: list[dict[str, Any]] = []
    totals: dict[str, Any] = {}
    wrong: list[str] = []
    for data in claims_of(case):
        book, decision, faults = decide(data)
        if decision is None or book is None:
            wrong += faults
            continue
        _count(decision, fired, seen, book)
        answer = result(book, decision, "")
        visits += answer["就诊"]
        totals = answer["合计"]
    wrong += _filed_differences(case.get("应得") or {}, visits, totals)
    units = {_LEAF.sub("", f["条"]) for v in visits for f in v["适用"]}
    wrong += [f"应当适用而没有适用：{u}" for u in case.get("适用") or [] if _LEAF.sub("", u) not in units]
    return CaseReport(f"{case.get('案例', '')} {case.get('标题', '')}".strip(), tuple(wrong))


def _filed_differences(expected: dict[str, Any], visits: list[dict[str, Any]], totals: dict[str, Any]) -> list[str]:
    wrong: list[str] = []
    for number, want in enumerate(expected.get("逐笔", [])):
        found = visits[number]["结果"] if number < len(visits) else {}
        pairs = want.items() if isinstance(want, dict) else [("结果", want)]
        wrong += [f"第{number + 1}笔“{k}”应为 {v}，实为 {found.get(k)}" for k, v in pairs if not _same(v, found.get(k))]
    for name, want in expected.items():
        if name != "逐笔" and not _same(want, totals if name == "年度合计" else totals.get(name)):
            wrong.append(f"合计“{name}”应为 {want}，实为 {totals.get(name)}")
    return wrong


def _same(want: Any, got: Any) -> bool:
    if isinstance(want, dict):
        return isinstance(got, dict) and all(_same(v, got.get(k)) for k, v in want.items())
    if isinstance(want, bool):
        return bool(got == ("是" if want else "否"))
    return str(want).replace(",", "") == str(got).replace(",", "")
