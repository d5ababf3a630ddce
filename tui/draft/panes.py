"""What stands in the lists of 起草: units with their coverage, problems with their hints, cases with what differs. Pure."""

from __future__ import annotations

from pathlib import PurePath

from interpreter.coverage import Covered
from interpreter.examples import Report
from interpreter.notice import Notice, UnitKind
from tui.draft.analysis import SIGNS, Analysis, Problem
from tui.draft.entries import Entry
from tui.draft.fixes import is_mendable
from tui.widgets.source_pane import paragraphs

_TONES = {Covered.WHOLE: "green", Covered.PART: "yellow", Covered.NONE: "red"}


def unit_entries(notice: Notice, covered: dict[str, Covered]) -> tuple[Entry, ...]:
    """Every unit, with the number that it carries in print."""
    printed = {p.units[0][0]: p.text[: p.units[0][1][0]] for p in paragraphs(notice) if p.units}
    made = []
    for unit in notice.units:
        state = covered.get(unit.id, Covered.NONE)
        words = printed.get(unit.id, "") + unit.text
        made.append(Entry(unit.id, SIGNS[state], words, _TONES.get(state, ""), is_heading=unit.kind is UnitKind.HEADING))
    return tuple(made)


def problem_key(problem: Problem) -> str:
    return f"{problem.file}|{problem.diagnostic.code}|{problem.diagnostic.span.start}"


def problem_entries(analysis: Analysis, front: str) -> tuple[Entry, ...]:
    """`front` is the file in front: the others are named."""
    found = tuple(_problem(p, front) for p in analysis.problems)
    if not found and not analysis.policy.compiled().declared:
        return (Entry("", "!", "还没有登记名称，条款还不能检查：先在【术语】里写名称、种类", "yellow"),)
    return found or (Entry("", "✓", "没有问题", "green"),)


def _problem(problem: Problem, front: str) -> Entry:
    d = problem.diagnostic
    where = f"{problem.line}:{problem.column} " if problem.line else ""
    file = f"{PurePath(problem.file).name} " if problem.file not in (front, "") else ""
    offer = "　F6 采用" if is_mendable(d) else ""
    more = tuple(r.message for r in d.related) + ((d.hint + offer,) if d.hint or offer else ())
    sign, tone = ("✗", "red") if problem.is_error else ("!", "yellow")
    return Entry(problem_key(problem), sign, f"{file}{where}{d.message}〔{d.code}〕", tone, more)


def problems_title(analysis: Analysis) -> str:
    return f"问题（F4）错误 {analysis.errors}　警告 {len(analysis.problems) - analysis.errors}"


def case_entries(report: Report) -> tuple[Entry, ...]:
    """Those that differ first."""
    made = [Entry(c.title, "✓" if c.passed else "✗", c.title, "green" if c.passed else "red", c.differences) for c in report.cases]
    made.sort(key=lambda e: e.sign == "✓")
    return tuple(made) or (Entry("", "－", "还没有案例：在【案例 标题】里写已知、第1笔、应得"),)


def cases_title(report: Report) -> str:
    failed = sum(not c.passed for c in report.cases)
    return f"案例（F7）{len(report.cases)} 个　{len(report.cases) - failed} 个相符" + (f"　{failed} 个不符" if failed else "")


def place_of_case(analysis: Analysis, title: str) -> tuple[str, int] | None:
    """File and offset of a case."""
    found = ((d.name, c.span.start) for d in analysis.policy.compiled().documents for c in d.cases if c.title == title)
    return next(found, None)
