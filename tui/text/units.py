"""Units of a notice as data and as lines."""

from __future__ import annotations

from typing import Any

from grammar.address import spoken
from interpreter.notice import Notice, Unit, UnitKind
from tui.text.layout import wrapped

KIND_WORDS = {UnitKind.HEADING: "标题", UnitKind.SENTENCE: "句", UnitKind.CLAUSE: "分句", UnitKind.ITEM: "列项", UnitKind.META: "版头版尾"}


def unit_data(unit: Unit) -> dict[str, Any]:
    """As interface section 4 has it."""
    return {"id": unit.id, "kind": str(unit.kind), "text": unit.text, "lines": [unit.first_line, unit.last_line]}


def unit_lines(unit: Unit) -> list[str]:
    """Id, place as people cite it, kind and lines; the text under it."""
    lines = f"第{unit.first_line}行" if unit.first_line == unit.last_line else f"第{unit.first_line}–{unit.last_line}行"
    return [f"{unit.id}　{spoken(unit.id)}　{KIND_WORDS[unit.kind]}　{lines}", *wrapped(unit.text, "    ")]


def notice_lines(notice: Notice) -> list[str]:
    return [*wrapped(f"{notice.title}（{notice.key}），{len(notice.units)} 个单元"), "", *(line for u in notice.units for line in unit_lines(u))]
