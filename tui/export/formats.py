"""The formats that a decision can be exported in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tui.export.amounts import amounts
from tui.export.content import content
from tui.export.markdown import markdown
from tui.export.page import html
from tui.screens.case import Case
from tui.text.console import json_text


@dataclass(frozen=True, slots=True)
class Format:
    title: str
    ending: str
    write: Callable[[Case], str]


FORMATS = (
    Format("HTML 单文件：可以打印，不联网", ".html", lambda case: html(content(case))),
    Format("Markdown", ".md", lambda case: markdown(content(case))),
    Format("JSON：全部结果，同 youju run --json", ".json", lambda case: json_text(_result(case), 2) + "\n"),
    Format("CSV：只有金额，可以用电子表格打开", ".csv", lambda case: amounts(_result(case))),
)


def _result(case: Case) -> dict[str, object]:
    assert case.decision is not None
    return case.policy.result(case.decision)
