"""A curve in words: a line for each straight piece, and what begins or ceases where it begins."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from grammar.address import spoken as place
from grammar.document import Kind
from interpreter.curve import Break, Curve
from interpreter.explain import Fired
from interpreter.wording import plain_money, spoken
from tui.text.layout import columns

HEAD = ("自", "结果", "每增加一元")


def money(fen: int | None) -> str:
    return "—" if fen is None else spoken(fen, Kind.MONEY, False)


def slope_said(slope: Fraction | None) -> str:
    """「70%」, or the ratio itself where no short per cent is equal to it."""
    if slope is None:
        return "—"
    return spoken(slope, Kind.RATIO) if (slope * 10**6).denominator == 1 else f"{slope.numerator}/{slope.denominator}"


@dataclass(frozen=True, slots=True)
class Row:
    """A piece of the curve and the break it begins at: 自多少起，结果，斜率, and what begins or ceases there."""

    cells: tuple[str, str, str]
    said: str
    is_cliff: bool


def piece_rows(found: Curve) -> tuple[Row, ...]:
    begun: list[Break | None] = [None, *found.breaks]
    rows: list[Row] = []
    for piece, at in zip(found.pieces, begun, strict=True):
        cells = money(piece.low), money(piece.first), slope_said(piece.slope) if piece.first is not None else ""
        begun_anew = bool(rows) and not rows[-1].cells[2]
        said = "从这里起有结果" if begun_anew else _begins(at) if at else ""
        rows.append(Row(cells, "这样填不合要求，或者还定不下来" if piece.first is None else said, bool(at and at.is_cliff)))
    return tuple(rows)


def _begins(at: Break) -> str:
    jump = f"跳 {'+' if at.jump > 0 else ''}{money(at.jump)}" if at.is_cliff else ""
    came = "；".join([*(f"起 {_brief(f)}" for f in at.gained[:2]), *(f"止 {_brief(f)}" for f in at.lost[:2])])
    return "　".join(part for part in (jump, came or "；".join(at.limits[:2])) if part)


def _brief(fired: Fired) -> str:
    return f"{place(fired.origin.anchors[0].unit)} {fired.origin.clause}"


def curve_lines(title: str, found: Curve) -> list[str]:
    """A table, with what is said of a piece behind it."""
    if not found.pieces:
        return [title, "  折点太多，或者范围里一处也不能这样填"]
    rows = piece_rows(found)
    table = columns([("", *HEAD, ""), *(("◆" if r.is_cliff else "", *r.cells, r.said) for r in rows)], rights=(1, 2, 3), lead="  ")
    return [title, *table]


def curve_data(found: Curve) -> dict[str, Any]:
    """For programs: amounts as in a result, slopes as exact ratios."""
    return {
        "段": [
            {"自": plain_money(p.low), "至": plain_money(p.high)}
            | ({} if p.first is None or p.last is None else {"结果自": plain_money(p.first), "结果至": plain_money(p.last)})
            | ({} if p.slope is None else {"斜率": str(p.slope)})
            for p in found.pieces
        ],
        "折点": [
            {"处": plain_money(b.at), "断崖": b.is_cliff}
            | ({} if b.value is None else {"结果": plain_money(b.value)})
            | ({"跳": plain_money(b.jump)} if b.is_cliff else {})
            | {"起": [_cited(f) for f in b.gained], "止": [_cited(f) for f in b.lost], "界限": list(b.limits)}
            for b in found.breaks
        ],
    }


def _cited(fired: Fired) -> dict[str, str]:
    anchor = fired.origin.anchors[0]
    return {"条": anchor.unit, "条款": fired.origin.clause, "原文": anchor.quote}
