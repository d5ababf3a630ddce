"""A result → CSV of its amounts, a line each, that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from grammar.source import visible

#: What a spreadsheet may begin a formula with, also behind blanks.
_FORMULA = re.compile(r"^\s*[=+\-@＝＋－＠\t\r|%]")
_NUMBER = re.compile(r"^-?[0-9]+(\.[0-9]+)?$", re.ASCII)
_HEAD = ("笔", "类别", "项目", "结果")


def amounts(result: dict[str, Any]) -> str:
    """With a mark at the beginning by which spreadsheets know UTF-8."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(_HEAD)
    writer.writerows([safe(cell) for cell in row] for row in _rows(result))
    return "\ufeff" + written.getvalue()


def _rows(result: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for number, visit in enumerate(result["就诊"], 1):
        yield from ((str(number), "结果", name, _said(value)) for name, value in visit["结果"].items())
        yield from ((str(number), "负担", row["付费方"], row["金额"]) for row in visit["瀑布"])
    yield from (("合计", "合计", name, _said(value)) for name, value in result["合计"].items() if not isinstance(value, (dict, list)))


def _said(value: Any) -> str:
    return ("是" if value else "否") if isinstance(value, bool) else str(value)


def safe(cell: str) -> str:
    """A cell that only says what it says: behind a quotation mark where it could be a formula, a number as it is."""
    text = visible(cell).replace("\n", " ")
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text
