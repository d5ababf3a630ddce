"""Figures: every accepted spelling with its value, and what is no figure."""

from datetime import date
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grammar.literals import Literal, Measure, han_number, literal_text, literals_in, money_text, ratio_text, read_literal, round_half_up
from grammar.source import fold

MONEY, RATIO, POINTS, COUNT, MONTHS, DAYS, DATE = (
    Measure.MONEY, Measure.RATIO, Measure.POINTS, Measure.COUNT, Measure.MONTHS, Measure.DAYS, Measure.DATE,
)  # fmt: skip

SPELLED: tuple[tuple[str, Measure, F | int | date], ...] = (
    # money, in fen
    ("2000元", MONEY, 200000),
    ("２０００元", MONEY, 200000),
    ("7,500元", MONEY, 750000),
    ("7，500元", MONEY, 750000),
    ("1,234,567.89元", MONEY, 123456789),
    ("2万元", MONEY, 2000000),
    ("1.5万元", MONEY, 1500000),
    ("１．５万元", MONEY, 1500000),
    ("0.01元", MONEY, 1),
    ("0元", MONEY, 0),
    ("1亿元", MONEY, 10**10),
    ("一千元", MONEY, 100000),
    ("五千元", MONEY, 500000),
    ("两万元", MONEY, 2000000),
    ("二十万元", MONEY, 20000000),
    ("一百零五元", MONEY, 10500),
    # ratios
    ("70%", RATIO, F(7, 10)),
    ("５０％", RATIO, F(1, 2)),
    ("0.5%", RATIO, F(1, 200)),
    ("100%", RATIO, 1),
    ("百分之七十", RATIO, F(7, 10)),
    ("百分之七十五", RATIO, F(3, 4)),
    ("百分之五", RATIO, F(1, 20)),
    ("百分之一百", RATIO, 1),
    ("百分之70", RATIO, F(7, 10)),
    ("七成", RATIO, F(7, 10)),
    ("1.5倍", RATIO, F(3, 2)),
    # percentage points
    ("5个百分点", POINTS, F(1, 20)),
    ("五个百分点", POINTS, F(1, 20)),
    ("十个百分点", POINTS, F(1, 10)),
    # dates: a month without a day is its first day
    ("2023年1月1日", DATE, date(2023, 1, 1)),
    ("２０２３年１月１日", DATE, date(2023, 1, 1)),
    ("2023年12月31日", DATE, date(2023, 12, 31)),
    ("2024年2月29日", DATE, date(2024, 2, 29)),
    ("2023年1月", DATE, date(2023, 1, 1)),
    # periods
    ("12个月", MONTHS, 12),
    ("十二个月", MONTHS, 12),
    ("一年", MONTHS, 12),
    ("2年", MONTHS, 24),
    ("二十五日", DAYS, 25),
    ("25日", DAYS, 25),
    ("30天", DAYS, 30),
    # counts
    ("24种", COUNT, 24),
    ("3次", COUNT, 3),
    ("24", COUNT, 24),
)


@pytest.mark.parametrize(("text", "measure", "value"), SPELLED, ids=[row[0] for row in SPELLED])
def test_a_spelling_is_read_whole_and_to_the_fen(text: str, measure: Measure, value: F | int | date) -> None:
    read = read_literal(fold(text))
    assert read is not None
    assert (Literal(measure, value if isinstance(value, date) else F(value)), len(text)) == read


NO_FIGURE = ("1e5元", "1E5元", "Infinity元", "∞元", "NaN", "١٢٣元", "१२३元", "①元", "1_000元", "½元", "壹仟元", "元", "", "年", "+5元", "-5元")


@pytest.mark.parametrize("text", NO_FIGURE)
def test_what_is_no_figure_is_never_read_whole(text: str) -> None:
    read = read_literal(fold(text))
    assert read is None or read[1] < len(text)


@pytest.mark.parametrize(
    "text", ["2023年2月30日", "2023年2月29日", "2023年13月1日", "2023年0月1日", "2023年4月31日", "0000年1月1日", "1900年2月29日"]
)
def test_an_impossible_date_is_no_date(text: str) -> None:
    read = read_literal(fold(text))
    assert read is None or (read[0].measure is not DATE and read[1] < len(text))


def test_digits_of_660_other_kinds_are_refused() -> None:
    """Only 0-9 and their full-width twins are digits (reliability P6)."""
    import unicodedata

    digits = [chr(c) for c in range(0x110000) if unicodedata.category(chr(c)) == "Nd"]
    accepted = [d for d in digits if read_literal(fold(f"{d}元"))]
    assert list("0123456789０１２３４５６７８９") == accepted


HAN = {
    "一": 1,
    "十": 10,
    "十一": 11,
    "二十": 20,
    "二十五": 25,
    "一百": 100,
    "一百零五": 105,
    "一百一十": 110,
    "三千二百": 3200,
    "二〇二三": 2023,
    "两千": 2000,
}


@pytest.mark.parametrize(("text", "value"), HAN.items())
def test_han_numerals_are_read(text: str, value: int) -> None:
    assert value == han_number(text)


def _han(n: int) -> str:
    """Written out independently of the reader: 305 → 三百零五."""
    digits, said, gap = "零一二三四五六七八九", "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        d = n // unit % 10
        if d:
            said += ("零" if gap and said else "") + digits[d] + name
        gap = d == 0
    return said


def test_every_han_numeral_below_ten_thousand_is_read_back() -> None:
    assert [] == [n for n in range(1, 10000) if han_number(_han(n)) != n]


@pytest.mark.parametrize("text", ["二五十", "七七十", "十百", "百百", "十千百", "三十二十"])
def test_a_malformed_han_numeral_is_refused(text: str) -> None:
    assert han_number(text) is None


@pytest.mark.parametrize("text", ["起付标准为1000①元", "见1000²元"])
def test_marks_next_to_a_figure_never_become_digits(text: str) -> None:
    values = [f.value for f in literals_in(fold(text))]
    assert [F(1000)] == values


def test_all_figures_of_a_sentence_are_found_in_order() -> None:
    text = "低保对象救助比例为70％，起付标准分别按2000元、5,000元计算，年度限额1.5万元，自2023年1月起12个月内，每月二十五日上报"
    found = [(f.measure, f.value) for f in literals_in(fold(text))]
    assert [
        (RATIO, F(7, 10)), (MONEY, F(200000)), (MONEY, F(500000)), (MONEY, F(1500000)), (DATE, date(2023, 1, 1)), (MONTHS, F(12)), (DAYS, F(25)),
    ] == found  # fmt: skip


COMPOUND = {"1万2000元": [F(1200000)], "2千元": [F(200000)], "5百元": [F(50000)]}
CUT = {"一万二千元": [F(1200000)], "百分之七点五": [F(3, 40)], "3万5千元": [F(3500000)]}
#: Digits with a unit after each, in fen: 1500元, 2050元, 1005元, 256元, 35500元, 30005元.
MIXED = {"1千5百元": 150000, "2千零5十元": 205000, "1千零5元": 100500, "2百5十6元": 25600, "3万5千5百元": 3550000, "3万零5元": 3000500}
#: 1千5元 may be 1500 or 1005; 2百5十万元 and 1千5百种 nobody writes; of none is the end a figure of its own.
UNREADABLE = ("1千5元", "1百5元", "一千五元", "一万二元", "1万5元", "2百5十万元", "1千5百种", "1千5百", "1千5百千元", "三十二十元", "千5百元")


@pytest.mark.parametrize(("text", "values"), COMPOUND.items())
def test_a_compound_amount_in_digits_is_one_figure(text: str, values: list[F]) -> None:
    assert values == [f.value for f in literals_in(fold(text))]


@pytest.mark.parametrize(("text", "values"), CUT.items())
def test_a_compound_amount_is_one_figure(text: str, values: list[F]) -> None:
    assert values == [f.value for f in literals_in(fold(text))]


@pytest.mark.parametrize(("text", "fen"), MIXED.items())
def test_digits_with_a_unit_after_each_are_one_amount(text: str, fen: int) -> None:
    assert (Literal(MONEY, F(fen)), len(text)) == read_literal(text)
    assert [F(fen)] == [f.value for f in literals_in(f"限额为{text}，不超过")]


@pytest.mark.parametrize("text", UNREADABLE)
def test_no_part_of_a_numeral_is_read_as_a_figure(text: str) -> None:
    assert read_literal(text) is None
    assert [] == [f.value for f in literals_in(f"限额为{text}，不超过")]


def test_a_word_that_ends_in_a_numeral_does_not_hide_the_figure_after_it() -> None:
    assert [F(100000), F(100000), F(1000000)] == [f.value for f in literals_in("统一1000元，统一1千元，统一1万元")]


def test_a_date_in_han_numerals_is_a_date() -> None:
    read = read_literal("二〇二三年一月一日")
    assert read is not None and date(2023, 1, 1) == read[0].value


def test_a_calendar_year_is_no_period() -> None:
    read = read_literal("2023年")
    assert read is None or read[0].measure is not MONTHS


# --- printing -------------------------------------------------------------------------------------------------------------------------------


@given(st.sampled_from([MONEY, RATIO, POINTS, COUNT, MONTHS, DAYS]), st.integers(0, 10**12 - 1))
def test_a_printed_figure_reads_as_the_same_figure(measure: Measure, number: int) -> None:
    value = F(number) if measure in (MONEY, COUNT, MONTHS, DAYS) else F(number % 10**7, 10**4)
    literal = Literal(measure, value)
    text = literal_text(literal)
    assert (literal, len(text)) == read_literal(fold(text))


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_printed_date_reads_as_the_same_date(day: date) -> None:
    text = literal_text(Literal(DATE, day))
    assert (Literal(DATE, day), len(text)) == read_literal(text)


@pytest.mark.parametrize(
    ("fen", "text"), [(1200000, "12,000.00"), (0, "0.00"), (-5, "-0.05"), (F(1, 2), "0.005"), (F(1, 3), "0.00（约）"), (-123456, "-1,234.56")]
)
def test_money_is_printed_with_its_fen(fen: F | int, text: str) -> None:
    assert text == money_text(fen)


@pytest.mark.parametrize(("value", "text"), [(F(7, 10), "70%"), (F(1, 200), "0.5%"), (F(2, 3), "66.67%（约）"), (F(0), "0%"), (F(-1, 20), "-5%")])
def test_a_ratio_is_printed_as_a_percentage(value: F, text: str) -> None:
    assert text == ratio_text(value)


HALVES = (
    (F(1, 2), 1),
    (F(-1, 2), -1),
    (F(3, 2), 2),
    (F(-3, 2), -2),
    (F(5, 2), 3),
    (F(-5, 2), -3),
    (F(1, 3), 0),
    (F(2, 3), 1),
    (F(-1, 3), 0),
    (F(-2, 3), -1),
    (7, 7),
    (0, 0),
)


@pytest.mark.parametrize(("value", "rounded"), HALVES)
def test_halves_go_away_from_zero_on_both_sides(value: F | int, rounded: int) -> None:
    assert rounded == round_half_up(value)


@given(st.fractions())
def test_rounding_is_never_further_than_a_half(value: F) -> None:
    assert abs(round_half_up(value) - value) <= F(1, 2)
    assert round_half_up(-value) == -round_half_up(value)
