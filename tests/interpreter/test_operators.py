"""Truth tables and arithmetic in every state, written out. 真 假 未知 不适用 for conditions; known, 不设, 不适用, 未知 for amounts."""

from datetime import date
from fractions import Fraction as F
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.days import months_from
from interpreter.operators import OPERATORS, TABLE
from interpreter.values import NOT_APPLICABLE, UNSET, Pending, Why, merged, pending

T, N, U, X = True, False, pending(Why.MISSING, "甲"), NOT_APPLICABLE
V = pending(Why.MISSING, "乙")
UV = merged((U, V))
SHORT = {"真": T, "假": N, "未知": U, "不适": X, "不设": UNSET}


def apply(name: str, *args: Any) -> Any:
    return TABLE[name].apply(*args)


def table(text: str) -> list[tuple[Any, Any, Any]]:
    """Rows by the first operand, columns by the second."""
    head, *rows = [line.split() for line in text.strip().splitlines()]
    return [(_cell(row[0]), _cell(column), _cell(cell)) for row in rows for column, cell in zip(head[1:], row[1:], strict=True)]


def _cell(word: str) -> Any:
    return SHORT[word] if word in SHORT else F(word) if "/" in word else int(word)


def check(name: str, rows: list[tuple[Any, Any, Any]]) -> None:
    wrong = [(a, b, expected, apply(name, a, b)) for a, b, expected in rows if apply(name, a, b) != expected]
    assert [] == wrong
    assert all(type(apply(name, a, b)) is type(expected) for a, b, expected in rows)


AND = """
且    真    假  未知  不适
真    真    假  未知  不适
假    假    假  假    假
未知  未知  假  未知  未知
不适  不适  假  未知  不适
"""
OR = """
或    真  假    未知  不适
真    真  真    真    真
假    真  假    未知  不适
未知  真  未知  未知  未知
不适  真  不适  未知  不适
"""


@pytest.mark.parametrize(("name", "text"), [("both", AND), ("either", OR)])
def test_logic_follows_its_table(name: str, text: str) -> None:
    check(name, table(text))


@pytest.mark.parametrize(("a", "b"), [(T, N), (N, T), (U, U), (X, X)])
def test_not_follows_its_table(a: Any, b: Any) -> None:
    assert b == apply("not", a)


@given(st.lists(st.sampled_from([T, N, U, V, X]), min_size=1, max_size=5), st.randoms())
def test_the_order_of_conditions_changes_nothing(parts: list[Any], random: Any) -> None:
    shuffled = list(parts)
    random.shuffle(shuffled)
    assert apply("both", *parts) == apply("both", *shuffled)
    assert apply("either", *parts) == apply("either", *shuffled)


def test_what_is_unknown_names_every_cause_once() -> None:
    assert UV == apply("both", U, V, U)
    assert UV == apply("add", V, U)
    assert {"甲", "乙"} == {c.name for c in apply("multiply", U, V).causes}


# --- arithmetic: rows a, columns b --------------------------------------------------------------------------------------------------------------

ARITHMETIC = {
    "add": """
        加    300   不设  不适  未知
        500   800   500   500   未知
        不设  300   0     0     未知
        不适  300   0     0     未知
        未知  未知  未知  未知  未知
    """,
    "subtract": """
        减    300   不设  不适  未知
        500   200   500   500   未知
        不设  不设  不设  不设  未知
        不适  不适  不适  不适  未知
        未知  未知  未知  未知  未知
    """,
    "multiply": """
        乘    0     3     1/2   不设  不适  未知
        0     0     0     0     0     0     0
        5     0     15    5/2   不设  不适  未知
        不设  0     不设  不设  不设  不适  未知
        不适  0     不适  不适  不适  不适  未知
        未知  0     未知  未知  未知  未知  未知
    """,
    "divide": """
        除    2     不设  不适  未知
        0     0     不适  不适  未知
        5     5/2   不适  不适  未知
        6     3     不适  不适  未知
        不设  不适  不适  不适  未知
        不适  不适  不适  不适  未知
        未知  未知  未知  未知  未知
    """,
    "excess": """
        超过  0     300   800   不设  不适  未知
        0     0     0     0     0     0     0
        -1    0     0     0     0     0     0
        500   500   200   0     500   500   未知
        不设  不设  不设  不设  不设  不设  未知
        不适  不适  不适  不适  不适  不适  未知
        未知  未知  未知  未知  未知  未知  未知
    """,
    "lesser": """
        孰低  300   800   不设  不适  未知
        500   300   500   500   500   未知
        不设  300   800   不设  不适  未知
        不适  300   800   不设  不适  未知
        未知  未知  未知  未知  未知  未知
    """,
    "greater": """
        孰高  300   800   不设  不适  未知
        500   500   800   500   500   未知
        不设  300   800   不设  不适  未知
        不适  300   800   不设  不适  未知
        未知  未知  未知  未知  未知  未知
    """,
    "within": """
        余    0     300   800   不设  不适  未知
        0     0     0     0     0     0     0
        -5    0     0     0     0     0     0
        500   0     300   500   500   500   未知
        不适  不适  不适  不适  不适  不适  未知
        未知  未知  未知  未知  未知  未知  未知
    """,
}


@pytest.mark.parametrize("name", ARITHMETIC)
def test_arithmetic_follows_its_table(name: str) -> None:
    check(name, table(ARITHMETIC[name]))


def test_what_is_not_set_is_not_set_less_anything_either() -> None:
    assert [UNSET] * 3 == [apply("subtract", UNSET, b) for b in (500, UNSET, X)]


def test_zero_times_unknown_is_zero_on_either_side() -> None:
    assert 0 == apply("multiply", 0, U) == apply("multiply", U, 0) == apply("multiply", F(0), U)


def test_false_never_counts_as_zero_of_money() -> None:
    """0 × 未知 is for amounts; a flag has no product."""
    assert apply("equal", 0, 0) is True


CAP_YEAR = (
    # value, before, cap, given
    (500, 0, 2000, 500),
    (500, 1500, 2000, 500),
    (501, 1500, 2000, 500),
    (500, 2000, 2000, 0),
    (500, 2500, 2000, 0),
    (0, U, U, 0),
    (-3, 0, 2000, -3),
    (500, 0, UNSET, 500),
    (500, 0, X, 500),
    (500, X, 2000, 500),
    (500, 0, U, U),
    (500, U, 2000, U),
    (U, 0, 2000, U),
    (X, 0, 2000, X),
)


@pytest.mark.parametrize(("value", "before", "cap", "given"), CAP_YEAR)
def test_a_year_limit_gives_what_is_left_of_it(value: Any, before: Any, cap: Any, given: Any) -> None:
    assert given == apply("cap_year", value, before, cap)


def test_a_limit_that_is_not_set_asks_for_nothing() -> None:
    assert 500 == apply("cap_year", 500, U, UNSET)


COMPARISONS = {
    # operator: (below, on, above) the figure
    "exceeds": (N, N, T),
    "below": (T, N, N),
    "reaches": (N, T, T),
    "at_least": (N, T, T),
    "at_most": (T, T, N),
    "equal": (N, T, N),
}


@pytest.mark.parametrize(("name", "expected"), COMPARISONS.items())
def test_comparisons_include_or_exclude_the_figure_as_the_civil_code_says(name: str, expected: tuple[bool, bool, bool]) -> None:
    """民法典第1259条: 以上、以下、达到、不超过 include; 超过、不足 exclude."""
    assert expected == tuple(apply(name, n, 200000) for n in (199999, 200000, 200001))


@pytest.mark.parametrize("name", COMPARISONS)
def test_a_comparison_with_what_is_unknown_is_unknown(name: str) -> None:
    assert (U, U, X, X, UV) == (apply(name, U, 1), apply(name, 1, U), apply(name, X, 1), apply(name, 1, X), apply(name, U, V))


def test_a_threshold_that_is_not_set_is_exceeded_by_any_amount() -> None:
    assert (T, N) == (apply("exceeds", 1, UNSET), apply("exceeds", 0, UNSET))


@pytest.mark.parametrize(
    ("value", "rounded"),
    [(F(1, 2), 1), (F(-1, 2), -1), (F(3, 2), 2), (F(5, 2), 3), (F(-5, 2), -3), (F(49, 100), 0), (7, 7), (U, U), (X, X), (UNSET, UNSET)],
)
def test_rounding_goes_away_from_zero_at_half_a_fen(value: Any, rounded: Any) -> None:
    assert rounded == apply("round", value)


@pytest.mark.parametrize(("value", "rounded"), [(F(1, 2), 0), (F(199, 100), 1), (3, 3), (U, U), (X, X)])
def test_rounding_down_drops_what_is_less_than_a_fen(value: Any, rounded: Any) -> None:
    assert rounded == apply("round_down", value)


def test_what_is_divided_by_nothing_is_undetermined_and_nothing_by_nothing_has_no_ratio() -> None:
    assert [Why.INCONSISTENT] == [c.why for c in apply("divide", 5, 0).causes]
    assert apply("divide", 0, 0) is X and apply("divide", X, 0) is X


def test_a_product_is_exact_until_it_is_rounded() -> None:
    assert F(1, 3) == apply("multiply", F(1, 3), 1)
    assert 100 == apply("multiply", apply("divide", 100, 3), 3)
    assert isinstance(apply("multiply", F(1, 2), 200), int)


# --- membership, settlement ----------------------------------------------------------------------------------------------------------------------


def test_a_person_of_several_kinds_is_one_of_them_if_any_is() -> None:
    assert apply("is_in", frozenset({"甲", "乙"}), frozenset({"乙", "丙"})) is True
    assert apply("is_in", frozenset({"甲"}), frozenset({"丙"})) is False
    assert (U, X) == (apply("is_in", U, frozenset("甲")), apply("is_in", X, frozenset("甲")))


def test_a_list_that_nobody_supplied_leaves_membership_unknown() -> None:
    assert (True, False, U, U) == (
        apply("on_list", "甲", ("甲", "乙")),
        apply("on_list", "丙", ("甲",)),
        apply("on_list", "甲", U),
        apply("on_list", U, ("甲",)),
    )


def test_filled_in_is_never_unknown() -> None:
    assert (True, False, False, True) == (apply("filled", 0), apply("filled", U), apply("filled", X), apply("filled", False))


def test_of_two_that_exclude_each_other_one_that_holds_settles_the_other() -> None:
    assert (False, U, U, True) == (apply("apart", U, True), apply("apart", U, False), apply("apart", U, U), apply("apart", True, U))


def test_the_first_date_filled_in_decides() -> None:
    a, b = date(2023, 1, 1), date(2023, 2, 2)
    assert (a, b, UV) == (apply("first_known", a, b), apply("first_known", U, b), apply("first_known", U, V))
    assert b == apply("first_known", X, b)


def test_nothing_is_in_force_before_its_day() -> None:
    before = pending(Why.NOT_IN_FORCE, "施行")
    assert (500, before, before, U) == (
        apply("in_force", T, 500, before),
        apply("in_force", N, 500, before),
        apply("in_force", X, 500, before),
        apply("in_force", U, 500, before),
    )


# --- dates ------------------------------------------------------------------------------------------------------------------------------------


MONTHS = (
    ("2024-02-29", 12, "2025-02-28"),
    ("2024-02-29", -12, "2023-02-28"),
    ("2024-02-29", 48, "2028-02-29"),
    ("2023-02-28", 12, "2024-02-28"),
    ("2023-01-31", 1, "2023-02-28"),
    ("2024-01-31", 1, "2024-02-29"),
    ("2023-03-31", -1, "2023-02-28"),
    ("2023-05-31", 1, "2023-06-30"),
    ("2023-12-31", 2, "2024-02-29"),
    ("2023-12-15", 1, "2024-01-15"),
    ("2023-01-15", -1, "2022-12-15"),
    ("2023-01-01", -12, "2022-01-01"),
    ("2023-11-30", 3, "2024-02-29"),
    ("2023-12-01", 0, "2023-12-01"),
)


@pytest.mark.parametrize(("day", "months", "result"), MONTHS)
def test_the_corresponding_day_or_the_last_of_its_month(day: str, months: int, result: str) -> None:
    assert result == months_from(date.fromisoformat(day), months).isoformat()


@given(st.dates(date(1904, 1, 1), date(2096, 12, 31)), st.integers(-36, 36))
def test_a_month_forth_lands_in_that_month_and_never_after_the_day(day: date, months: int) -> None:
    found = months_from(day, months)
    assert (found.year * 12 + found.month) == (day.year * 12 + day.month + months)
    assert found.day == day.day or (
        found.day < day.day
        and (found.toordinal() + 1, 1) == (date.fromordinal(found.toordinal() + 1).toordinal(), date.fromordinal(found.toordinal() + 1).day)
    )


DAYS = (
    ("nights", "2023-03-01", "2023-03-10", 9),
    ("nights", "2023-03-01", "2023-03-01", 0),
    ("nights", "2024-02-28", "2024-03-01", 2),
    ("both_ends", "2023-03-01", "2023-03-10", 10),
    ("both_ends", "2023-03-01", "2023-03-01", 1),
)


@pytest.mark.parametrize(("name", "a", "b", "days"), DAYS)
def test_days_are_counted_with_or_without_the_last(name: str, a: str, b: str, days: int) -> None:
    assert days == apply(name, date.fromisoformat(a), date.fromisoformat(b))


@pytest.mark.parametrize("name", ["nights", "both_ends"])
def test_days_that_end_before_they_begin_are_no_days_at_all(name: str) -> None:
    value = apply(name, date(2023, 3, 10), date(2023, 3, 1))
    assert isinstance(value, Pending)
    assert [Why.INCONSISTENT] == [c.why for c in value.causes]


SHIFTS = (
    ("next_day", "2023-12-31", "2024-01-01"),
    ("previous_day", "2024-03-01", "2024-02-29"),
    ("year_end", "2023-02-03", "2023-12-31"),
    ("year_start", "2023-02-03", "2023-01-01"),
)


@pytest.mark.parametrize(("name", "day", "result"), SHIFTS)
def test_neighbouring_days(name: str, day: str, result: str) -> None:
    assert result == apply(name, date.fromisoformat(day)).isoformat()
    assert (U, X) == (apply(name, U), apply(name, X))


@pytest.mark.parametrize(("month", "day", "result"), [("2023-11-01", 25, "2023-11-25"), ("2024-02-01", 29, "2024-02-29")])
def test_a_day_of_a_month(month: str, day: int, result: str) -> None:
    assert result == apply("of_month", date.fromisoformat(month), day).isoformat()


@pytest.mark.parametrize(("month", "day"), [("2023-02-01", 29), ("2023-02-01", 30), ("2023-04-01", 31), ("2023-01-01", 0)])
def test_a_day_that_a_month_does_not_have_is_no_exception(month: str, day: int) -> None:
    apply("of_month", date.fromisoformat(month), day)


@pytest.mark.parametrize(("name", "count"), [("back_months", 12 * 3000), ("forth_months", 12 * 9000), ("back_days", 10**6), ("forth_days", 10**9)])
def test_a_period_that_leaves_the_calendar_is_no_exception(name: str, count: int) -> None:
    apply(name, date(2023, 1, 1), count)


# --- bands ------------------------------------------------------------------------------------------------------------------------------------

BANDS = ((0, 500000, F(1, 2)), (500000, 2000000, F(3, 5)), (2000000, None, F(7, 10)))


@pytest.mark.parametrize(
    ("amount", "given"),
    [
        (0, 0),
        (500000, 250000),
        (500001, F(2500006, 10)),
        (2000000, 250000 + 900000),
        (2000001, F(11500007, 10)),
        (3000000, 1150000 + 700000),
        (U, U),
        (X, X),
    ],
)
def test_each_band_counts_its_own_part_only(amount: Any, given: Any) -> None:
    assert given == apply("banded", amount, BANDS)


# --- the table itself -----------------------------------------------------------------------------------------------------------------------------


def test_every_operator_has_one_row_and_a_word() -> None:
    assert len(TABLE) == len(OPERATORS)
    assert [] == [o.name for o in OPERATORS if not o.sign]


def test_no_operator_lets_what_is_unknown_become_a_figure_of_its_own() -> None:
    """An operator of amounts with an unknown operand is unknown, unless the known operand alone decides."""
    for name in ("add", "subtract", "divide", "excess", "lesser", "greater"):
        assert isinstance(apply(name, U, 5), Pending) and isinstance(apply(name, 5, U), Pending)
