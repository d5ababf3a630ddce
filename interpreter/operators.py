"""One row per operator: what it computes in every state, and how a trace says it.

Truth tables (真 假 未知 不适用), published in the room's README: 假 且 任何 = 假; 真 或 任何 = 真; otherwise 未知 wins over 不适用. A comparison or
a sum with 未知 is 未知; 0 × 未知 = 0. A cap that is 不适用 or 不设 does not limit; a deductible that is 不设 deducts nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from interpreter import amounts, days, lookups, truth


@dataclass(frozen=True, slots=True)
class Operator:
    """`apply` in every state; `sign` joins the operands in a substituted formula."""

    name: str
    apply: Callable[..., Any]
    sign: str = ""


OPERATORS: tuple[Operator, ...] = (
    Operator("add", amounts.add, "＋"),
    Operator("subtract", amounts.subtract, "－"),
    Operator("multiply", amounts.multiply, "×"),
    Operator("divide", amounts.divide, "÷"),
    Operator("part_of", amounts.multiply, "×"),
    Operator("excess", amounts.excess, "超过"),
    Operator("lesser", amounts.lesser, "孰低"),
    Operator("greater", amounts.greater, "孰高"),
    Operator("cap_year", amounts.cap_year, "本年度累计不超过"),
    Operator("within", amounts.within, "不超过剩余费用"),
    Operator("fill", amounts.fill, "补足至"),
    Operator("rest", amounts.rest, "其余"),
    Operator("round", amounts.round_fen, "四舍五入到分"),
    Operator("round_down", amounts.round_down, "舍去不足一分的部分"),
    Operator("exceeds", truth.exceeds, "超过"),
    Operator("below", truth.below, "不足"),
    Operator("reaches", truth.at_least, "达到"),
    Operator("at_least", truth.at_least, "不低于"),
    Operator("at_most", truth.at_most, "不超过"),
    Operator("equal", truth.equal, "为"),
    Operator("both", truth.both, "且"),
    Operator("either", truth.either, "或"),
    Operator("not", truth.negate, "不"),
    Operator("is_in", truth.is_in, "属于"),
    Operator("on_list", truth.on_list, "属于"),
    Operator("settled", truth.settled, "已经确定"),
    Operator("apart", truth.apart, "不并存"),
    Operator("filled", truth.filled, "已填报"),
    Operator("first_known", truth.first_known, "依次取"),
    Operator("nights", days.nights, "至"),
    Operator("both_ends", days.both_ends, "至"),
    Operator("back_months", days.back_months, "前推"),
    Operator("forth_months", days.forth_months, "后推"),
    Operator("back_days", days.back_days, "前推"),
    Operator("forth_days", days.forth_days, "后推"),
    Operator("of_month", days.of_month, "当月第"),
    Operator("next_day", days.next_day, "次日"),
    Operator("previous_day", days.previous_day, "前一日"),
    Operator("year_end", days.year_end, "年末"),
    Operator("year_start", days.year_start, "年初"),
    Operator("in_force", lookups.in_force, "施行"),
    Operator("banded", lookups.banded, "分段"),
    Operator("by_bands", lookups.by_bands, "分段"),
    Operator("bands_add", lookups.each_band(amounts.add), "每段提高"),
    Operator("bands_multiply", lookups.each_band(amounts.multiply), "每段乘以"),
    Operator("bands_lesser", lookups.each_band(amounts.lesser), "每段不超过"),
    Operator("bands_greater", lookups.each_band(amounts.greater), "每段不低于"),
    Operator("entry", lookups.entry, "取"),
    Operator("higher", lookups.higher, "孰高"),
    Operator("workday", days.workday, "后的第"),
    Operator("first_of_year", days.first_of_year, "年初"),
)
TABLE: Mapping[str, Operator] = {o.name: o for o in OPERATORS}
