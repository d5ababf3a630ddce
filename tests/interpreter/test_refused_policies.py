"""Policies that parse and cannot mean anything: each is refused while it is compiled, so that no claim meets it."""

from typing import Any

import pytest

from grammar.diagnostic import errors
from tests.tiny import WORDS, convention, outcome, tiny

PLAIN = convention("给付为费用")
ITEMS = "明细，清单，填报：费用日期、窗起、窗止、期内费用、费用项。\n"
WINDOW = "急，是非，推导，没有规定的为否。\n费用项，金额，填报。\n期内费用，金额，结果，没有规定的为0元。\n"


def order(total: str, share: str, rest: str = "给付") -> str:
    return f"{PLAIN}【支付顺序 一般】\n总额：{total}\n依次：{share}\n其余：{rest}\n"


def closing(value: str) -> str:
    return WORDS.replace("给付，金额，结果。", f"给付，金额，结果，没有规定的为{value}。")


#: What is wrong, the blocks, the vocabulary.
ROWS: tuple[tuple[str, str, str], ...] = (
    ("a list without members", convention("给付为明细中住院的各项（费用）之和"), f"{WORDS}明细，清单，填报。\n"),
    ("a list with too few members for a window", convention("自就诊日期前12个月内费用转诊"), f"{WORDS}明细，清单，填报：费用、标准。\n"),
    ("a list whose window has no ends", convention("自就诊日期前12个月内费用项急"), f"{WORDS}{ITEMS}{WINDOW}费用日期，日期，填报。\n"),
    ("a list whose items have no dates", convention("自就诊日期前12个月内费用项急"), f"{WORDS}{ITEMS}{WINDOW}窗起、窗止，日期，推导。\n"),
    ("a payer that records nothing", convention("由基金支付费用"), f"{WORDS}基金，付费方。\n"),
    ("a payer that records an unknown term", convention("由基金支付费用"), f"{WORDS}基金，付费方，记入没有的。\n"),
    ("a default that is no amount", convention("给付为费用加津贴"), f"{WORDS}津贴，金额，填报，没有填报的为很多。\n"),
    ("a default of another kind", convention("给付为费用加津贴"), f"{WORDS}津贴，金额，填报，没有填报的为5%。\n"),
    ("a default that is neither yes nor no", convention("急的，给付为费用", "其他的，给付为0元"), f"{WORDS}急，是非，填报，没有填报的为也许。\n"),
    ("a closing value that is no amount", convention("住院的，给付为费用"), closing("很多")),
    ("a closing value of another kind", convention("住院的，给付为费用"), closing("2023年1月1日")),
    ("a bound that is neither figure nor term", PLAIN, f"{WORDS}津贴，金额，填报，不超过没有的。\n"),
    ("a flag apart from an unknown one", PLAIN, f"{WORDS}急，是非，推导，与没有的不并存，指住院。\n"),
    ("totals kept apart by an unknown fact", PLAIN, f"{WORDS}病内，金额，推导，按没有的分别累计，没有规定的为0元。\n"),
    ("a sum of an unknown term", PLAIN, f"{WORDS}合计项，金额，合计，取没有的。\n"),
    ("a sum of nothing", PLAIN, f"{WORDS}合计项，金额，合计。\n"),
    ("a sum of text", PLAIN, f"{WORDS}合计项，金额，合计，取病种。\n"),
    ("a sum of ratios as money", PLAIN, f"{WORDS}合计项，金额，合计，取比例项。\n"),
    ("a deciding date that is unknown", convention("自2023年1月起给付为费用"), WORDS.replace("计算日期：就诊日期", "计算日期：没有的")),
    ("a deciding date that is money", convention("自2023年1月起给付为费用"), WORDS.replace("计算日期：就诊日期", "计算日期：费用")),
    ("a sequence by money", PLAIN, WORDS.replace("计算日期：就诊日期", "计算日期：就诊日期\n累计顺序：费用")),
    ("a payment order of flags", order("住院", "转诊"), WORDS),
    ("a payment order of dates", order("就诊日期", "费用"), WORDS),
    ("a payment order with a ratio", order("费用", "比例项"), WORDS),
    ("a payment order with text", order("费用", "病种"), WORDS),
    ("a payment order with a set", order("费用", "待遇"), f"{WORDS}待遇，项目组：给付。\n"),
    ("a choice by an unknown amount", f"{PLAIN}【约定】\n人员类别有多项的，逐项计算，取没有的最高的一项。\n", WORDS),
    ("a choice of an unknown fact", f"{PLAIN}【约定】\n没有的有多项的，逐项计算，取给付最高的一项。\n", WORDS),
    ("an event that compares a flag", f"{PLAIN}【事件 核定】\n该笔作废，当年重新计算。\n比较：住院\n", WORDS),
    ("an event that sets an amount", f"{PLAIN}【事件 核定】\n涉及该笔：费用\n", WORDS),
    ("two events of one name", f"{PLAIN}【事件 核定】\n涉及该笔：住院\n【事件 核定】\n涉及该笔：转诊\n", WORDS),
    ("two lists of one name", f"{PLAIN}【名录 病录】\n感冒\n【名录 病录】\n骨折\n", WORDS),
    ("two clauses of one name", convention("住院的，给付为1元") + convention("其他的，给付为2元"), WORDS),
    ("two readings of one name", f"{PLAIN}【读法 R1 甲】\n默认“甲”：依条款。\n【读法 R1 乙】\n默认“乙”：给付为1元。\n", WORDS),
    ("a date on a list of names", f"{convention('就诊日期属于病录的，给付为费用', '其他的，给付为0元')}【名录 病录】\n感冒\n", WORDS),
    ("a total of text", convention("病录为本年度此前病种", "给付为费用"), f"{WORDS}病录，文本，推导。\n"),
    ("the highest of kinds that have no order", convention("类为本年度最高人员类别", "给付为费用"), f"{WORDS}类，类别，推导：甲类、乙类。\n"),
    ("a date and a date", convention("期限为就诊日期加出院日期", "给付为费用"), f"{WORDS}期限，日期，结果。\n"),
    ("a date less a date as a date", convention("期限为就诊日期减去出院日期", "给付为费用"), f"{WORDS}期限，日期，结果。\n"),
    ("a yearly limit of a date", convention("期限为出院日期，本年度累计不超过就诊日期", "给付为费用"), f"{WORDS}期限，日期，结果。\n"),
    ("a date rounded to the fen", convention("期限为出院日期，四舍五入到分", "给付为费用"), f"{WORDS}期限，日期，结果。\n"),
    ("a date raised by half", convention("出院日期提高50%", "给付为费用"), WORDS),
    ("money raised by points", convention("标准提高5个百分点", "给付为标准"), WORDS),
    ("a definition of another kind", convention("给付为项"), f"{WORDS}项，金额，推导，指比例项。\n"),
    ("a filed fact that a rule replaces", convention("费用为100元", "给付为费用"), WORDS),
    ("a reading that decides by an unknown date", f"{PLAIN}【读法 R1 日】\n默认“甲”：计算日期：没有的\n", WORDS),
    ("a case under an unknown reading", f"{PLAIN}【案例 甲】\n第1笔：费用为1元\n读法：R9“乙”\n应得：给付为1元\n", WORDS),
    ("a case that names an unknown clause", f"{PLAIN}【案例 甲】\n第1笔：费用为1元\n应得：给付为1元\n适用：没有的\n", WORDS),
    ("a case with a visit far off", f"{PLAIN}【案例 甲】\n第100000笔：费用为1元\n应得：给付为1元\n", WORDS),
    ("a case with a ratio for an amount", f"{PLAIN}【案例 甲】\n第1笔：费用为50%\n应得：给付为1元\n", WORDS),
    ("a person's class without a definition", convention("贫困者的，给付为1元", "其他的，给付为0元"), f"{WORDS}贫困者，人员，推导。\n"),
    ("a limit under another condition than its amount", convention("给付为费用；住院的，不超过1000元"), WORDS),
    ("a limit after a change", convention("给付为费用，标准提高50%，不超过2000元"), WORDS),
    ("a total and a highest of one quantity", convention("给付为本年度累计费用减去本年度最高费用"), WORDS),
    ("an outside rule for nothing", convention("住院的，按照外规规定执行"), f"{WORDS}外规，外部规定。\n"),
    ("an onset without a deciding date", convention("自2023年1月起给付为费用"), WORDS.replace("计算日期：就诊日期", "累计顺序：就诊日期")),
    ("kinds compared by size", convention("人员类别超过甲类的，给付为费用", "其他的，给付为0元"), WORDS),
    ("two deciding dates", PLAIN, WORDS.replace("计算日期：就诊日期", "计算日期：就诊日期\n计算日期：出院日期")),
    ("two readings of one name and other labels", f"{PLAIN}【读法 R1 甲】\n默认“甲”：依条款。\n【读法 R1 乙】\n默认“丙”：给付为1元。\n", WORDS),
    ("an amount in terms of itself", convention("给付为项"), f"{WORDS}项，金额，推导，指另项。\n另项，金额，推导，指项。\n"),
)
#: Compiled today, or worse: each of these is a defect. A row leaves this list when it is refused.
ACCEPTED: tuple[str, ...] = ()

FACTS: tuple[dict[str, Any], ...] = (
    {},
    {
        "就诊日期": "2023-05-01",
        "出院日期": "2023-05-02",
        "费用": "100.00",
        "比例项": "50%",
        "次数": 0,
        "住院": True,
        "转诊": False,
        "病种": "感冒",
        "人员类别": ["甲类", "乙类"],
    },
    {
        "就诊日期": "2023-05-02",
        "出院日期": "2100-12-31",
        "费用": "0",
        "比例项": "0%",
        "次数": 7,
        "住院": False,
        "转诊": True,
        "病种": "甲病",
        "人员类别": "丙类",
    },
)


def _rows(listed: tuple[str, ...]) -> list[Any]:
    mark = pytest.mark.xfail(strict=True, reason="compiled without a word, or an exception")
    return [pytest.param(text, words, id=name, marks=mark if name in listed else ()) for name, text, words in ROWS]


@pytest.mark.parametrize(("text", "words"), _rows(ACCEPTED))
def test_what_cannot_mean_anything_is_refused(text: str, words: str) -> None:
    assert errors(tiny(text, words=words).checked().diagnostics)


#: Rows that end in an exception when they are compiled or when a claim meets them.
RAISING: tuple[str, ...] = ()


@pytest.mark.parametrize(("text", "words"), _rows(RAISING))
def test_what_cannot_mean_anything_raises_nothing_whatever_the_claim(text: str, words: str) -> None:
    policy = tiny(text, words=words)
    policy.checked()
    policy.test()
    for facts in FACTS:
        events = [{"事件": e.name, "核定日期": "2023-06-01"} for e in policy.compiled().book.events[:1]]
        claim, _ = policy.read({"就诊": [facts, facts], "参数": {"标准": "50.00"}, "事件": events})
        if claim is not None:
            policy.result(policy.decide(claim))


# --- values that a known policy must survive ------------------------------------------------------------------------------------------------------

EXTRA = f"{WORDS}津贴，金额，参数，另可取值未公布。\n"


@pytest.mark.parametrize(
    "sentences",
    [
        ("给付为津贴减去费用",),
        ("给付为津贴乘以50%",),
        ("费用超过津贴的，给付为1元", "其他的，给付为0元"),
        ("给付为费用，本年度累计不超过津贴",),
        ("给付为费用与津贴孰低",),
        ("给付为津贴，四舍五入到分",),
        ("给付为津贴",),
    ],
    ids=lambda s: s[0],
)
def test_a_parameter_that_is_a_word_is_no_amount_and_no_exception(sentences: tuple[str, ...]) -> None:
    assert outcome(tiny(convention(*sentences), words=EXTRA), parameters={"津贴": "未公布"}, 费用="100.00") in ("待定", "未公布")


def test_a_person_of_several_kinds_may_stand_on_a_list() -> None:
    policy = tiny(f"{convention('人员类别属于类录的，给付为1元', '其他的，给付为0元')}【名录 类录】\n甲类\n")
    assert "1.00" == outcome(policy, 人员类别=["甲类", "乙类"])


def test_what_is_divided_by_nothing_is_told() -> None:
    assert outcome(tiny(convention("给付为费用除以次数")), 费用="100.00", 次数=0) == "待定"
