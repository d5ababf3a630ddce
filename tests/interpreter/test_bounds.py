"""Limits and changes where there is nothing to limit, and figures outside sentences: a bound is never given in place of an amount."""

import pytest

from grammar.diagnostic import errors
from tests.tiny import WORDS, convention, faults, outcome, run, tiny, undetermined

CLOSED = WORDS.replace("给付，金额，结果。", "给付，金额，结果，没有规定的为不适用。")


@pytest.mark.parametrize("limit", ["不超过10000元", "不低于100元"])
def test_a_limit_gives_nothing_to_whom_nothing_is_given(limit: str) -> None:
    policy = tiny(convention("住院的，给付为费用", f"给付{limit}"), words=CLOSED)
    assert outcome(policy, 住院=False, 费用="3000.00") in (None, "不适用")
    assert "3000.00" == outcome(policy, 住院=True, 费用="3000.00")


def test_points_raise_no_ratio_that_is_not_there() -> None:
    words = f"{CLOSED}率，比例，推导，没有规定的为不适用。\n"
    policy = tiny(convention("住院的，率为50%", "率提高5个百分点", "给付为费用乘以率"), words=words)
    assert outcome(policy, 住院=False, 费用="100.00") in (None, "不适用")
    assert "55.00" == outcome(policy, 住院=True, 费用="100.00")


def test_a_limit_after_分别_bounds_every_value() -> None:
    policy = tiny(convention("甲类、乙类给付分别为2000元、5000元，不超过1000元"))
    assert ["1000.00", "1000.00"] == [outcome(policy, 人员类别=kind) for kind in ("甲类", "乙类")]


@pytest.mark.parametrize(
    ("declared", "sentence"),
    [
        ("项，金额，推导，指8888元。", "给付为项"),
        ("项，金额，推导，没有规定的为5000元。", "住院的，项为费用"),
        ("项，金额，参数，没有提供的为4321元。", "给付为项"),
        ("项，金额，填报，没有填报的为77元。", "给付为项"),
    ],
)
def test_a_figure_without_the_sentence_it_rests_on_is_refused(declared: str, sentence: str) -> None:
    policy = tiny(convention(sentence), words=f"{WORDS}{declared}\n")
    assert "ungrounded-figure" in [d.code for d in errors(policy.checked().diagnostics)]


def test_a_convention_that_makes_a_figure_of_its_own_is_not_clean() -> None:
    assert "unsourced-figure" in [d.code for d in tiny(convention("给付为5000元")).checked().diagnostics]


def test_a_premise_rests_on_its_clause_too() -> None:
    notice = "一、待遇\n（一）标准。费用超过300元的给予给付。\n"
    for figure, codes in (("300元", []), ("500元", ["ungrounded-figure"])):
        policy = tiny(f"【条款 甲】\n依据：一（一）第1句\n前提：费用超过{figure}\n约定：给付为费用。\n", notice)
        assert codes == [d.code for d in errors(policy.checked().diagnostics)]


@pytest.mark.parametrize(
    ("expected", "code"),
    [("给付为7元，给付为8元", "declared-twice"), ("给付为7", "declared-kind"), ("给付为7元", "")],
)
def test_an_expectation_says_one_amount_of_its_kind(expected: str, code: str) -> None:
    policy = tiny(f"{convention('给付为费用')}\n【案例 甲】\n第1笔：费用为7元，就诊日期为2023年1月1日\n应得：{expected}\n")
    assert ([code] if code else []) == [d.code for d in errors(policy.checked().diagnostics)]


# --- what governs a sentence governs a change too

RATE = f"{WORDS}率，比例，推导。\n"


@pytest.mark.parametrize(
    ("sentences", "in_hospital", "elsewhere"),
    [
        (("率为50%", "率提高5个百分点，但住院的除外", "给付为费用乘以率"), "500.00", "550.00"),
        (("率为50%", "住院的，率提高5个百分点；其他的，率提高10个百分点", "给付为费用乘以率"), "550.00", "600.00"),
        (("给付为费用", "给付不超过300元，但住院的除外"), "1000.00", "300.00"),
        (("给付为费用", "住院的，给付不超过300元；其他的，给付不超过200元"), "300.00", "200.00"),
    ],
)
def test_an_exception_and_其他的_govern_what_is_raised_or_limited(sentences: tuple[str, ...], in_hospital: str, elsewhere: str) -> None:
    policy = tiny(convention(*sentences), words=RATE)
    assert [in_hospital, elsewhere] == [outcome(policy, 费用="1000.00", 住院=stay) for stay in (True, False)]


def test_其他的_begins_where_the_exception_of_the_others_does() -> None:
    policy = tiny(convention("给付为费用", "住院的，给付不超过300元，但转诊的除外", "其他的，给付不超过200元"))
    assert "200.00" == outcome(policy, 费用="1000.00", 住院=True, 转诊=True)


def test_an_exemption_ends_at_its_exception() -> None:
    policy = tiny(
        convention("给付为费用") + convention("给付不超过300元", name="限") + convention("住院的，不受条款“限”限制，但转诊的除外", name="免")
    )
    assert ["1000.00", "300.00"] == [outcome(policy, 费用="1000.00", 住院=True, 转诊=moved) for moved in (False, True)]


def test_a_part_of_a_fen_that_no_sentence_rounds_is_said() -> None:
    for sentence, said in (("给付为费用乘以比例项", 1), ("给付为费用乘以比例项，四舍五入到分", 0)):
        answer = run(tiny(convention(sentence)), {"就诊日期": "2023-05-01", "费用": "0.03", "比例项": "50%"})
        assert "0.02" == answer["就诊"][0]["结果"]["给付"]
        assert said == sum("“给付”有不足一分的零头" in note for note in answer["提示"])


def test_what_is_decided_原则上_only_is_said_and_原则上_stands_before_nothing_else() -> None:
    words = f"{WORDS}纳入范围，是非，推导，没有规定的为是。\n"
    quoted = "【条款 甲】\n依据：一（一）第1句\n「住院的，原则上不纳入范围。」\n"
    rest = convention("纳入范围的，给付为费用；不纳入范围的，给付为0元", name="乙")
    policy = tiny(quoted + rest, "一、待遇\n（一）住院的，原则上不纳入范围。\n", words=words)
    for stay, said in ((True, 1), (False, 0)):
        answer = run(policy, {"就诊日期": "2023-05-01", "费用": "5.00", "住院": stay})
        assert said == sum("只是“原则上”，可以裁量" in note for note in answer["提示"])
    assert ["misplaced"] == [d.code for d in faults(tiny(convention("住院的，原则上给付为100元")))]


def test_a_lower_limit_above_an_upper_one_is_a_conflict_of_two_sentences() -> None:
    policy = tiny(convention("给付为费用", "给付不低于标准", "住院的，给付不超过300元"))
    assert "300.00" == outcome(policy, parameters={"标准": "200"}, 费用="1000.00", 住院=True)
    assert "1000.00" == outcome(policy, parameters={"标准": "500"}, 费用="1000.00", 住院=False)
    row = undetermined(policy, parameters={"标准": "500"}, 费用="1000.00", 住院=True)
    assert ["给付不低于标准。", "住院的，给付不超过300元。"] == [said["原文"] for said in row["冲突"][0]["规定"]]


def test_a_limit_that_is_not_reached_decides_nothing_and_says_by_how_much() -> None:
    notice = "一、待遇\n（一）给付为费用。\n（二）给付不超过300元。\n"
    policy = tiny("【条款 甲】\n依据：一（一）第1句\n「给付为费用。」\n【条款 乙】\n依据：一（二）第1句\n「给付不超过300元。」\n", notice)
    under, over = (run(policy, {"就诊日期": "2023-05-01", "费用": amount})["就诊"][0] for amount in ("100.00", "500.00"))
    assert [["甲"], ["甲", "乙"]] == [[row["条款"] for row in visit["适用"]] for visit in (under, over)]
    assert ["给付 100.00元 没有超过 300.00元（差 200.00元）"] == [row["原因"] for row in under["未适用"]]


def test_what_本条所称_reads_as_a_name_hides_no_figure_and_no_limit() -> None:
    notice = "一、待遇\n（一）给付为费用的百分之八十，但最多不超过500元。\n"
    quoted = "依据：一（一）第1句\n本条所称费用的百分之八十，但最多不超过500元，指费用。\n「给付为费用的百分之八十，但最多不超过500元。」\n"
    policy = tiny(f"【条款 甲】\n{quoted}", notice)
    assert [] == [d.code for d in faults(policy)]
    assert {"unused-figure", "unanswered-cue"} <= {d.code for d in errors(policy.checked().diagnostics)}


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("费用不超过1000元，给付为费用", "filed-replaced"),
        ("标准不低于800元，给付为标准", "filed-replaced"),
        ("给付按照费用确定", "type-mismatch"),
        ("费用超过2000元的部分，给付提高10%", "unheeded"),
        ("给付为10元-20元", "unknown-word"),
        ("给付为10元且住院", "misplaced"),
        ("住院，并给付为10元", "misplaced"),
        ("住院的，给予全额给付", "nothing-to-limit"),
        ("自费用起，给付为10元", "type-mismatch"),
        ("费用的给付为10元", "unheard"),
        ("费用不给予给付", "unheard"),
    ],
)
def test_a_sentence_that_says_less_or_other_than_it_seems_is_refused(sentence: str, code: str) -> None:
    assert code in [d.code for d in faults(tiny(convention(sentence)))]


def test_not_within_a_period_is_not_within_it() -> None:
    words = f"{WORDS}过渡期，是非，填报。\n"
    policy = tiny(convention("未过渡期内的，给付为10元；其他的，给付为20元"), words=words)
    assert ["10.00", "20.00"] == [outcome(policy, 过渡期=within) for within in (False, True)]


@pytest.mark.parametrize(
    ("words", "sentence", "asked"),
    [
        ("不得超过", "给付为100元", ["不得超过"]),
        ("不得低于", "给付为100元", ["不得低于"]),
        ("不得低于", "给付不超过100元", ["不得低于"]),
        ("不得超过", "给付不超过100元", []),
        ("不得低于", "给付不低于100元", []),
    ],
)
def test_a_limit_said_with_不得_is_asked_for_as_a_limit(words: str, sentence: str, asked: list[str]) -> None:
    policy = tiny(f"【条款 甲】\n依据：一（一）第1句\n释义：{sentence}。\n", f"一、待遇\n（一）给付{words}100元。\n")
    cues = [d for d in policy.checked().diagnostics if d.code == "unanswered-cue"]
    assert asked == [word for word in ("不得超过", "不得低于", "超过", "低于") if any(f"有“{word}”" in d.message for d in cues)]
