"""What a claim may say: every accepted spelling, every refusal, each fault in Chinese with the nearest name."""

import contextlib
import json
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.workspace import Policy
from grammar.source import UNSEEN
from interpreter.filing import Refused, read_date, read_money, read_month, read_ratio
from tests.tiny import WORDS, convention, tiny

MONEY = {
    "1234.50": 123450,
    "1234.5": 123450,
    "1234": 123400,
    1234: 123400,
    0: 0,
    "0": 0,
    "0.01": 1,
    "1,234.50": 123450,
    "1，234．50": 123450,
    "１２３．５": 12350,
    "１２３４": 123400,
    " 12 ": 1200,
    "　12　": 1200,
    "12元": 1200,
    "10,000,000.00": 10**9,
    "007": 700,
    "9999999999.99": 999999999999,
    "10000000000": 10**12,
}


@pytest.mark.parametrize(("raw", "fen"), MONEY.items())
def test_an_amount_is_read_to_the_fen(raw: str | int, fen: int) -> None:
    assert fen == read_money(raw)


NO_MONEY: tuple[Any, ...] = (
    "Infinity", "-Infinity", "inf", "∞", "NaN", "nan", "1e999999", "1e5", "1E5", "１ｅ５", "-5", "+5", "-0.01", "−5", "1.234", "0.001", "1_000", "1,23", "12,34.5", "1,2345",  # noqa: E501
    ",123", "1,", "1.", ".5", "1..5", "1.2.3", "0x10", "١٢٣", "१२३", "৩", "①", "½", "一百", "两万元", "2万元", "", " ", "元", "12圆", "￥12", "$12", "10000000000.01",  # noqa: E501
    "9999999999999", "1" * 200, True, False, 1.5, 0.0, float("inf"), float("nan"), -1, 10**30, None, [], {}, ["1"], {"元": 1}, b"12", "12\n34", "1\u200b2", "1\u202e2", "\ud800",  # noqa: E501
    "\x0012",
)  # fmt: skip


@pytest.mark.parametrize("raw", NO_MONEY, ids=[repr(r)[:20] for r in NO_MONEY])
def test_what_is_no_amount_is_refused(raw: Any) -> None:
    with pytest.raises(Refused) as refused:
        read_money(raw)
    assert len(str(refused.value)) < 200 and not UNSEEN.search(str(refused.value))


@given(st.text(max_size=40))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    with contextlib.suppress(Refused):
        assert 0 <= read_money(text) <= 10**12


@given(st.integers(0, 10**12))
def test_a_printed_amount_is_read_back(fen: int) -> None:
    assert fen == read_money(f"{fen // 100}.{fen % 100:02d}") == read_money(f"{fen // 100:,}.{fen % 100:02d}")


@pytest.mark.parametrize(
    ("raw", "ratio"),
    [
        ("75%", Fraction(3, 4)),
        ("７５％", Fraction(3, 4)),
        ("0%", 0),
        ("0.5%", Fraction(1, 200)),
        ("110%", Fraction(11, 10)),
        (" 60% ", Fraction(3, 5)),
    ],
)
def test_a_ratio_is_a_percentage(raw: str, ratio: Fraction | int) -> None:
    assert ratio == read_ratio(raw)


@pytest.mark.parametrize("raw", ["0.75", "75", 75, 0.75, "-5%", "75%%", "%", "1e2%", "百分之七十", "75.1234567%", True, None, "٧٥%", "7 5%"])
def test_what_is_no_percentage_is_refused(raw: Any) -> None:
    with pytest.raises(Refused):
        read_ratio(raw)


@pytest.mark.parametrize("raw", ["2023-03-14", "２０２３-０３-１４", "2023年3月14日", "2023年03月14日", " 2023-03-14 "])
def test_a_date_has_two_spellings(raw: str) -> None:
    assert date(2023, 3, 14) == read_date(raw)


NO_DATES = ("2023-02-30", "2023-02-29", "1900-02-29", "2023-13-01", "2023-00-10", "2023-01-00", "2023-1-1", "20230314", "2023/03/14", "2023-W01-1", "25.2.3", "3", "", "0000-01-01", "1899-12-31", "2101-01-01", "9999-12-31", "2023-03-14T00:00", "٢٠٢٣-٠٣-١٤", 20230314, True, None, [])  # fmt: skip  # noqa: E501


@pytest.mark.parametrize("raw", NO_DATES)
def test_an_impossible_or_guessed_date_is_refused(raw: Any) -> None:
    with pytest.raises(Refused):
        read_date(raw)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_of_two_centuries_is_read_in_both_spellings(day: date) -> None:
    assert day == read_date(day.isoformat()) == read_date(f"{day.year}年{day.month}月{day.day}日")


@pytest.mark.parametrize(("raw", "month"), [("2017-11", date(2017, 11, 1)), ("2017年11月", date(2017, 11, 1))])
def test_a_month_is_its_first_day(raw: str, month: date) -> None:
    assert month == read_month(raw)


@pytest.mark.parametrize("raw", ["2017-13", "2017-00", "2017", "2017-11-01", "", None, 201711])
def test_what_is_no_month_is_refused(raw: Any) -> None:
    with pytest.raises(Refused):
        read_month(raw)


# --- faults of a claim --------------------------------------------------------------------------------------------------------------------------

CLAIM_WORDS = f"{WORDS}自付，金额，填报，不超过费用。\n月份，月份，填报。\n明细，清单，填报：费用日期、窗起、窗止、合计费用、费用项。\n费用日期，日期，填报。\n费用项，金额，填报。\n窗起、窗止，日期，推导，没有规定的为不适用。\n合计费用，金额，推导，没有规定的为不适用。\n名单，名录，参数。\n"  # noqa: E501


@pytest.fixture(scope="module")
def small() -> Policy:
    return tiny(convention("给付为费用"), words=CLAIM_WORDS)


def refuse(policy: Policy, visit: Any = None, **rest: Any) -> str:
    claim, faults = policy.read({"就诊": [visit if visit is not None else {}], **rest})
    assert claim is None and faults
    return "\n".join(faults)


FAULTS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"费": "1"}, "第1笔：不认识“费”"),
    ({"费用额": "1"}, "是否指“费用”？"),
    ({"人员类型": "甲类"}, "是否指“人员类别”？"),
    ({"费用": "Infinity"}, "第1笔“费用”不是金额：Infinity。最多两位小数，不能为负"),
    ({"费用": 1.5}, '金额应写成文字，例如 "1234.50"'),
    ({"比例项": "0.75"}, '应写成 "33.3%"'),
    ({"就诊日期": "2023-02-30"}, '第1笔“就诊日期”不是日期：2023-02-30。应写成 "2023-03-14"'),
    ({"住院": "true"}, "第1笔“住院”应为 true 或 false"),
    ({"住院": 1}, "第1笔“住院”应为 true 或 false"),
    ({"人员类别": "甲"}, "没有“甲”这一项，可以填：甲类、乙类、丙类"),
    ({"人员类别": "蛋炒饭"}, "可以填：甲类、乙类、丙类"),
    ({"人员类别": []}, "至少填写一项"),
    ({"人员类别": ["甲类", "丁类"]}, "没有“丁类”这一项"),
    ({"次数": "1.5"}, "应为整数：1.5"),
    ({"次数": "24个月"}, "应为整数：24个月，只写数字，不写单位"),
    ({"次数": -1}, "应为整数：-1"),
    ({"病种": "x" * 201}, "应为不超过 200 字的文字"),
    ({"病种": "肺\u202e炎"}, "不能有不可见字符"),
    ({"病种": 5}, "应为不超过 200 字的文字"),
    ({"自付": "2.00", "费用": "1.99"}, "“自付”不能超过费用"),
    ({"明细": {}}, "“明细”应为列表"),
    ({"明细": [1]}, "第1项应为一个对象"),
    ({"明细": [{"费用项": "1", "别的": 2}]}, "第1项不认识“别的”，可以填：费用日期、费用项"),
    ({"明细": [{"费用项": "-1"}]}, "不是金额：-1"),
    ({"明细": "费用日期"}, "“明细”应为列表"),
    ({"给付": "5"}, "不认识“给付”"),
    ({"标准": "5"}, "不认识“标准”"),
)


@pytest.mark.parametrize(("visit", "message"), FAULTS, ids=[f[1][:20] for f in FAULTS])
def test_a_fault_of_a_visit_is_said_with_its_place(small: Policy, visit: dict[str, Any], message: str) -> None:
    assert message in refuse(small, visit)


WHOLE: tuple[tuple[Any, str], ...] = (
    (None, "申报应当是一个对象"),
    ([], "申报应当是一个对象"),
    ("x", "申报应当是一个对象"),
    ({}, "“就诊”应当是 1 至 10000 笔的列表"),
    ({"就诊": []}, "“就诊”应当是 1 至 10000 笔的列表"),
    ({"就诊": {}}, "“就诊”应当是 1 至 10000 笔的列表"),
    ({"就诊": [{}] * 10_001}, "“就诊”应当是 1 至 10000 笔的列表"),
    ({"就诊": [1]}, "第1笔应当是一个对象"),
    ({"就诊": [{}], "就诊人": 1}, "不认识的栏目“就诊人”"),
    ({"就诊": [{}], "参数": [1]}, "“参数”应当是一个对象"),
    ({"就诊": [{}], "参数": {"准": "1"}}, "参数：不认识“准”"),
    ({"就诊": [{}], "参数": {"标准额": "1"}}, "是否指“标准”？"),
    ({"就诊": [{}], "参数": {"标准": "NaN"}}, "参数“标准”不是金额"),
    ({"就诊": [{}], "参数": {"名单": "甲"}}, "应为文字的列表"),
    ({"就诊": [{}], "读法": {"A1": "甲"}}, "没有读法“A1”"),
    ({"就诊": [{}], "读法": ["A1"]}, "“读法”应当是一个对象"),
    ({"就诊": [{}], "事件": {"a": 1}}, "“事件”应当是一个列表"),
    ({"就诊": [{}], "事件": [1]}, "事件应写明“事件”和“核定日期”"),
    ({"就诊": [{}], "事件": [{"事件": "核定"}]}, "不认识的事件“核定”"),
)


@pytest.mark.parametrize(("data", "message"), WHOLE, ids=[f[1][:20] for f in WHOLE])
def test_a_fault_of_a_claim_is_said(small: Policy, data: Any, message: str) -> None:
    claim, faults = small.read(data)
    assert claim is None
    assert message in "\n".join(faults)


def test_every_fault_of_a_claim_is_said_at_once(small: Policy) -> None:
    message = refuse(small, {"费用": "NaN", "住院": 3, "x": 1}, 参数={"标准": "-1"}, 读法={"无": "甲"})
    assert 5 == len(message.splitlines())


def test_null_is_unknown_and_no_fault(small: Policy) -> None:
    claim, faults = small.read({"就诊": [{"费用": None, "住院": None}], "参数": {"标准": None}})
    assert () == faults and claim is not None
    assert [None, None, None] == [claim.visits[0].get("费用"), claim.visits[0].get("住院"), claim.parameters.get("标准")]


def test_a_choice_may_be_one_or_several(small: Policy) -> None:
    one, _ = small.read({"就诊": [{"人员类别": "甲类"}]})
    two, _ = small.read({"就诊": [{"人员类别": ["乙类", "甲类"]}]})
    assert one is not None and two is not None
    assert ("甲类", frozenset({"甲类", "乙类"})) == (one.visits[0]["人员类别"], two.visits[0]["人员类别"])


def test_a_synonym_of_a_fact_is_no_second_name_for_it(small: Policy) -> None:
    """又称 is for sentences; a claim uses the declared name, and is told so."""
    assert "是否指“费用”？" in refuse(small, {"医药费用": "1"}) or "不认识“医药费用”" in refuse(small, {"医药费用": "1"})


HOSTILE = (
    "[red]",
    "[/red]",
    "[@click=app.quit]",
    "\x1b]52;c;eA==\x07",
    "\x1b[2J",
    "\x9b2J",
    "\u202e1000",
    "\u200b",
    "\ufeff",
    "\x00",
    "\ud800",
    "\ue000",
    "x" * 10_000,
    "Infinity",
    "1e999999",
    "９９９",
    "=1+1",
    "%s{0}",
    "\u2028",
    "\r\n",
)


@pytest.mark.parametrize("text", HOSTILE, ids=[ascii(t)[:18] for t in HOSTILE])
def test_a_hostile_string_is_refused_or_shown_and_never_obeyed(small: Policy, text: str) -> None:
    """As every value and as every name: a fault, or a text that comes back as it was; nothing invisible leaves."""
    names = [t.name for t in small.compiled().book.terms]
    data: list[dict[str, Any]] = [{"就诊": [{name: text}]} for name in names] + [{"就诊": [{name: [text]}]} for name in names]
    data += [{"就诊": [{}], "参数": {name: text}} for name in names]
    data += [{"就诊": [{text: "1"}]}, {text: 1, "就诊": [{}]}, {"就诊": [{}], "参数": {text: "1"}}, {"就诊": [{}], "读法": {text: text}}]
    data += [{"就诊": [{}], "事件": [{"事件": text, "核定日期": text}]}, {"就诊": [{"明细": [{text: "1"}]}]}, {"就诊": text}, {"就诊": [text]}]
    for claimed in data:
        claim, faults = small.read(claimed)
        assert (claim is None) == bool(faults)
        for fault in faults:
            fault.encode("utf-8")
            assert not UNSEEN.search(fault.replace("\n", "")) and len(fault) < 600
        if claim is not None:
            answer = json.dumps(small.result(small.decide(claim)), ensure_ascii=False)
            assert not UNSEEN.search(answer)


@pytest.mark.parametrize("text", HOSTILE, ids=[ascii(t)[:18] for t in HOSTILE])
def test_a_hostile_string_in_a_real_notice_is_refused_or_shown(policy: Policy, text: str) -> None:
    for term in policy.compiled().book.terms:
        claim, faults = policy.read({"就诊": [{term.name: text}], "参数": {term.name: text}})
        assert (claim is None) == bool(faults)
        assert not any(UNSEEN.search(f.replace("\n", "")) for f in faults)
        if claim is not None:
            assert not UNSEEN.search(json.dumps(policy.result(policy.decide(claim)), ensure_ascii=False))


def test_a_reading_that_has_no_such_candidate_is_a_fault(fumeng: Policy) -> None:
    message = refuse(fumeng, {}, 读法={"A004-1": "按月"})
    assert "A004-1" in message and "按月" in message


def test_an_event_names_a_visit_that_exists(fumeng: Policy) -> None:
    message = refuse(fumeng, {}, 事件=[{"事件": "第3笔核定为虚假费用", "核定日期": "2023-05-01"}])
    assert "第3笔不存在" in message
