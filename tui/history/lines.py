"""A record in words: its row in the table, what stands below the table, and the comparison with today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any

from rich.cells import cell_len, set_cell_size

from corpus.history import Record, Status
from corpus.recording import Change, changes, verdict
from interpreter.wording import plain_money
from tui.search.hits import cut
from tui.widgets.plain import one_line
from tui.widgets.prose import Piece
from tui.widgets.rows import Pieces

_BEIJING = timedelta(hours=8)
SIGNS = {Status.DECIDED: ("✓", "good"), Status.OPEN: ("？", "warning"), Status.CONFLICT: ("✗", "error")}
#: (title, cells) on a wide screen and a narrow one; the amounts take what is left.
_WIDE = (("", 5), ("编号", 9), ("时间（北京）", 17), ("政策", 18), ("状态", 8), ("备注", 24))
_NARROW = (("", 5), ("编号", 9), ("时间", 12), ("政策", 14), ("状态", 8))
WIDE = 100


def columns(width: int) -> tuple[tuple[str, int], ...]:
    return _WIDE if width >= WIDE else _NARROW


def head(width: int) -> Pieces:
    return tuple((_cell(title, cells), "heading") for title, cells in (*columns(width), ("由谁负担多少", 40)))


def row(record: Record, mark: str, width: int) -> Pieces:
    shown = columns(width)
    sign, style = SIGNS[record.status]
    time = beijing(record.recorded)
    cells = [mark, str(record.id), time if width >= WIDE else time[5:], named(record.policy), f"{sign} {record.status}", record.note]
    styles = ["mark", "", "muted", "", style, "muted"]
    fixed = [(_cell(cut(text, cells - 1), cells), look) for text, (_, cells), look in zip(cells, shown, styles, strict=False)]
    return (*fixed, (cut(amounts_text(record), max(width - sum(cells for _, cells in shown), 4)), ""))


def _cell(text: str, width: int) -> str:
    return set_cell_size(one_line(text), width)


def beijing(recorded: str) -> str:
    """2026-11-24 17:12, or the text as it stands where it is no moment."""
    try:
        return (datetime.fromisoformat(recorded) + _BEIJING).strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError):
        return recorded


def named(policy: str) -> str:
    return PurePath(policy).name or policy


def money(amount: int | str) -> str:
    """With thousands separators; a word as it is."""
    if isinstance(amount, str):
        return amount or "—"
    whole, _, cents = plain_money(amount).partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(digits):,}.{cents}"


def amounts_text(record: Record) -> str:
    """Without those who pay nothing."""
    return "　".join(f"{name} {money(amount)}" for name, amount in record.amounts if amount != 0) or "没有支付"


# --- below the table -----------------------------------------------------------------------------------------------------------------------------


def about(record: Record) -> tuple[Piece, ...]:
    sign, _ = SIGNS[record.status]
    facts = "；".join(f"{name}：{said}" for name, said in _facts(record.data))
    return (
        (f"第 {record.id} 笔　{beijing(record.recorded)}（北京时间）　{record.policy}　{sign} {record.status}", "bold"),
        (amounts_text(record), ""),
        (f"备注：{record.note}" if record.note else "", ""),
        (f"填报：{facts}"[:2000], "dim"),
    )


def _facts(data: Any) -> Iterator[tuple[str, str]]:
    """The facts of every visit, numbered where there are several."""
    visits = data.get("就诊") if isinstance(data, dict) else None
    several = isinstance(visits, list) and len(visits) > 1
    for number, visit in enumerate(visits if isinstance(visits, list) else (), 1):
        for name, value in visit.items() if isinstance(visit, dict) else ():
            yield (f"第{number}笔{name}" if several else str(name)), _value(value)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(str(v) for v in value if not isinstance(v, (dict, list))) or f"{len(value)} 项"
    return f"{len(value)} 栏" if isinstance(value, dict) else str(value)


# --- then and now --------------------------------------------------------------------------------------------------------------------------------


def comparison(old: Record, new: Record, width: int) -> tuple[tuple[str, str], ...]:
    """Lines of a table of four columns, then what it comes to; a difference is told by its sign and its style."""
    rows = [(c.name, money(c.before), money(c.after), difference(c)) for c in changes(old, new)]
    table = [("", "记录时", "今天", "相差"), *rows]
    sizes = [max(cell_len(one_line(line[i])) for line in table) for i in range(4)]
    sizes[0] = min(sizes[0], max(width - sum(sizes[1:]) - 6, 8))
    lines = [(_aligned(line, sizes), _style(line[3]) if at else "bold") for at, line in enumerate(table)]
    return (*lines, (" ", ""), *((said, "bold") for said in (verdict(old, new),)))


def _aligned(line: tuple[str, ...], sizes: list[int]) -> str:
    name = _cell(cut(line[0], sizes[0]), sizes[0])
    return name + "".join("  " + " " * (size - cell_len(one_line(said))) + one_line(said) for said, size in zip(line[1:], sizes[1:], strict=True))


def difference(change: Change) -> str:
    if change.difference is None:
        return "相同" if change.before == change.after else "不同"
    return "0" if change.difference == 0 else ("+" if change.difference > 0 else "") + money(change.difference)


def _style(said: str) -> str:
    return "dim" if said in ("0", "相同") else "$text-warning"
