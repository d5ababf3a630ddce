"""Where the rules for one quantity meet: exceptions, priorities, joint grounds, conflicts, silence, and guards that cannot matter."""

import itertools

import pytest

from tests.tiny import convention, faults, outcome, run, tiny, undetermined


def clause(name: str, *sentences: str, over: str = "") -> str:
    first = f"本条优先于条款“{over}”。\n" if over else ""
    return f"【条款 {name}】\n{first}" + "".join(f"约定：{s}。\n" for s in sentences)


GENERAL = clause("一般", "给付为100元")
SPECIAL = clause("特别", "住院的，给付为200元", over="一般")
DEEPER = clause("更特别", "住院的，且转诊的，给付为300元", over="特别")


@pytest.mark.parametrize(
    ("admitted", "referred", "given"),
    [(False, False, "100.00"), (False, True, "100.00"), (True, False, "200.00"), (True, True, "300.00")],
)
@pytest.mark.parametrize("order", list(itertools.permutations((GENERAL, SPECIAL, DEEPER))), ids=["123", "132", "213", "231", "312", "321"])
def test_the_deepest_applicable_rule_wins_in_any_order_of_clauses(order: tuple[str, ...], admitted: bool, referred: bool, given: str) -> None:
    assert given == outcome(tiny("".join(order)), 住院=admitted, 转诊=referred)


def test_an_exception_to_an_exception_restores_nothing_of_itself() -> None:
    """The deeper rule sets aside what the middle one sets aside as well, even where the middle one does not hold."""
    policy = tiny(GENERAL + SPECIAL + clause("更特别", "转诊的，给付为300元", over="特别"))
    assert "300.00" == outcome(policy, 住院=False, 转诊=True)


def test_equal_values_are_joint_grounds_and_both_fire() -> None:
    policy = tiny(
        "【条款 甲】\n依据：一（一）第1句\n释义：住院的，给付为100元。\n【条款 乙】\n依据：一（一）第1句\n释义：转诊的，给付为100元。\n",
        "一、待遇\n（一）标准。给付100元。\n",
    )
    answer = run(policy, {"就诊日期": "2023-05-01", "住院": True, "转诊": True})["就诊"][0]
    assert "100.00" == answer["结果"]["给付"]
    assert {"甲", "乙"} == {row["条款"] for row in answer["适用"]}


def test_two_rules_that_disagree_are_a_conflict_that_names_both_clauses() -> None:
    policy = tiny(clause("甲条", "住院的，给付为100元") + clause("乙条", "转诊的，给付为200元"))
    row = undetermined(policy, 住院=True, 转诊=True)
    assert ["冲突"] == [r["情形"] for r in row["原因"]]
    assert "条款“甲条”" in str(row) and "条款“乙条”" in str(row)
    assert "冲突" == outcome(policy, 住院=True, 转诊=True)


def test_a_conflict_of_cited_clauses_shows_both_sentences() -> None:
    notice = "一、待遇\n（一）标准。住院的给付100元；转诊的给付200元。\n"
    policy = tiny(
        "【条款 甲】\n依据：一（一）第1句第1分句\n释义：住院的，给付为100元。\n【条款 乙】\n依据：一（一）第1句第2分句\n释义：转诊的，给付为200元。\n",  # noqa: E501
        notice,
    )
    answer = run(policy, {"就诊日期": "2023-05-01", "住院": True, "转诊": True})["就诊"][0]
    assert "住院的给付100元" in str(answer) and "转诊的给付200元" in str(answer)


def test_a_conflict_never_spreads_as_a_figure() -> None:
    policy = tiny(
        clause("甲", "住院的，给付为100元") + clause("乙", "转诊的，给付为200元") + clause("丙", "津贴为给付乘以50%"),
        words=_with("津贴，金额，结果。"),
    )
    assert "冲突" == outcome(policy, "津贴", 住院=True, 转诊=True)


def _with(line: str) -> str:
    from tests.tiny import WORDS

    return f"{WORDS}{line}\n"


def test_mutual_priority_is_a_conflict_and_no_silent_choice() -> None:
    policy = tiny(clause("甲", "住院的，给付为100元", over="乙") + clause("乙", "住院的，给付为200元", over="甲"))
    assert "冲突" == outcome(policy, 住院=True)


def test_a_ring_of_three_priorities_is_a_conflict() -> None:
    policy = tiny(
        clause("甲", "住院的，给付为100元", over="乙")
        + clause("乙", "住院的，给付为200元", over="丙")
        + clause("丙", "住院的，给付为300元", over="甲")
    )
    assert "冲突" == outcome(policy, 住院=True)


def test_no_applicable_rule_is_silence_and_never_zero() -> None:
    policy = tiny(clause("甲", "住院的，给付为100元"))
    assert ("待定", "没有条款规定") == (outcome(policy, 住院=False), undetermined(policy, 住院=False)["原因"][0]["情形"])


def test_a_closing_line_answers_silence_and_only_silence() -> None:
    from tests.tiny import WORDS

    words = WORDS.replace("给付，金额，结果。", "给付，金额，结果，没有规定的为0元。")
    policy = tiny(clause("甲", "住院的，给付为100元"), words=words)
    assert ("0.00", "100.00") == (outcome(policy, 住院=False), outcome(policy, 住院=True))


def test_a_guard_that_nobody_answered_is_named() -> None:
    policy = tiny(clause("甲", "住院的，给付为100元") + clause("乙", "其他的，给付为50元"))
    assert ["住院"] == undetermined(policy)["缺少"]


def test_a_guard_that_cannot_matter_is_not_asked_for() -> None:
    policy = tiny(clause("甲", "住院的，给付为100元") + clause("乙", "其他的，给付为100元"))
    assert "100.00" == outcome(policy)


def test_a_guard_that_could_set_the_winner_aside_matters() -> None:
    policy = tiny(GENERAL + SPECIAL)
    assert ("待定", ["住院"]) == (outcome(policy), undetermined(policy)["缺少"])


def test_a_guard_that_is_set_aside_anyway_does_not_matter() -> None:
    policy = tiny(SPECIAL + GENERAL + clause("最后", "转诊的，给付为300元", over="特别"))
    assert "300.00" == outcome(policy, 转诊=True)


def test_otherwise_is_what_no_other_rule_covers() -> None:
    policy = tiny(clause("甲", "住院的，给付为100元", "其他的，给付为10元"))
    assert ("100.00", "10.00") == (outcome(policy, 住院=True), outcome(policy, 住院=False))


def test_otherwise_with_a_condition_is_still_a_condition() -> None:
    policy = tiny(clause("甲", "住院的，给付为100元", "其他的，转诊的，给付为10元"))
    assert ("10.00", "待定") == (outcome(policy, 住院=False, 转诊=True), outcome(policy, 住院=False, 转诊=False))


def test_two_otherwise_rules_that_disagree_are_a_conflict() -> None:
    one, other = clause("甲", "住院的，给付为1元；其他的，给付为10元"), clause("乙", "其他的，给付为20元")
    first, second = outcome(tiny(one + other), 住院=False), outcome(tiny(other + one), 住院=False)
    assert first == second == "冲突"


def test_an_exception_holds_the_rule_back() -> None:
    policy = tiny(clause("甲", "住院的，给付为100元，但转诊的除外", "其他的，给付为1元"))
    assert ("100.00", "1.00") == (outcome(policy, 住院=True, 转诊=False), outcome(policy, 住院=True, 转诊=True))


def test_an_exemption_lifts_the_limit_of_another_clause() -> None:
    policy = tiny(
        clause("甲", "给付为100元")
        + clause("限", "给付只限于住院").replace("【条款 限】\n", "【条款 限】\n本条优先于条款“甲”。\n")
        + clause("免", "转诊的，不受条款“限”限制")
    )
    assert ("100.00", "0.00", "100.00") == (
        outcome(policy, 住院=True, 转诊=False),
        outcome(policy, 住院=False, 转诊=False),
        outcome(policy, 住院=False, 转诊=True),
    )


def test_an_exemption_lifts_a_cap_as_well() -> None:
    policy = tiny(clause("甲", "给付为100元") + clause("限", "给付不超过60元") + clause("免", "转诊的，不受条款“限”限制"))
    assert ("60.00", "100.00") == (outcome(policy, 转诊=False), outcome(policy, 转诊=True))


# --- changes ----------------------------------------------------------------------------------------------------------------------------------


def test_a_limit_comes_after_what_raises_in_any_order_of_clauses() -> None:
    parts = [clause("甲", "给付为100元"), clause("升", "住院的，给付提高50%"), clause("限", "给付不超过120元")]
    assert {"120.00"} == {outcome(tiny("".join(p)), 住院=True) for p in itertools.permutations(parts)}


def test_what_is_removed_is_none_and_no_conflict_with_the_base_rule() -> None:
    from tests.tiny import WORDS

    words = f"{WORDS}起付线，金额，推导。\n"
    policy = tiny(clause("甲", "起付线为500元") + clause("乙", "住院的，取消起付线") + clause("丙", "给付为费用超过起付线的部分"), words=words)
    assert ("1000.00", "500.00") == (outcome(policy, 费用="1000.00", 住院=True), outcome(policy, 费用="1000.00", 住院=False))


def test_points_add_and_percent_of_money_multiplies() -> None:
    from tests.tiny import WORDS

    words = f"{WORDS}比率，比例，推导。\n起付线，金额，推导。\n"
    policy = tiny(
        clause("甲", "比率为50%", "起付线为1000元", "住院的，比率提高5个百分点", "住院的，起付线降低50%", "给付为（费用超过起付线的部分）乘以比率"),
        words=words,
    )
    assert ("500.00", "825.00") == (outcome(policy, 费用="2000.00", 住院=False), outcome(policy, 费用="2000.00", 住院=True))


def test_two_raises_are_the_same_in_any_order_of_clauses() -> None:
    from tests.tiny import WORDS

    words = f"{WORDS}比率，比例，推导。\n"
    base = [clause("底", "比率为50%", "给付为费用乘以比率"), clause("升", "住院的，比率提高5个百分点"), clause("又升", "转诊的，比率提高10个百分点")]
    assert {"65.00"} == {outcome(tiny("".join(p), words=words), 费用="100.00", 住院=True, 转诊=True) for p in itertools.permutations(base)}


def test_a_raise_by_points_and_one_by_half_do_not_depend_on_the_order_of_clauses() -> None:
    parts = [
        clause("底", "给付为100元"),
        clause("升", "住院的，给付提高50%"),
        clause("不低", "给付不低于130元"),
        clause("降", "转诊的，给付降低10%"),
        clause("限", "给付不超过120元"),
    ]
    assert 1 == len({outcome(tiny("".join(p)), 住院=True, 转诊=True) for p in itertools.permutations(parts)})


def test_ten_percent_of_a_ratio_is_refused_with_both_rewrites() -> None:
    from tests.tiny import WORDS

    policy = tiny(clause("甲", "比率为50%", "比率提高10%", "给付为费用乘以比率"), words=f"{WORDS}比率，比例，推导。\n")
    (fault,) = faults(policy)
    assert "ambiguous-raise" == fault.code
    assert "提高10个百分点" in fault.hint and "乘以" in fault.hint


def test_lengths_of_a_pairing_are_counted_in_the_message() -> None:
    (fault,) = faults(tiny(convention("甲类、乙类给付分别为100元、200元、300元", "给付为0元")))
    assert ("pairing-length", "“分别”两边数目不等：2个对象（甲类、乙类），3个数（100元、200元、300元）") == (fault.code, fault.message)


def test_a_pairing_gives_each_its_own() -> None:
    policy = tiny(convention("甲类、乙类、丙类给付分别为100元、200元、300元"))
    assert ["100.00", "200.00", "300.00"] == [outcome(policy, 人员类别=c) for c in ("甲类", "乙类", "丙类")]


# --- delegation, readings ----------------------------------------------------------------------------------------------------------------------


def test_what_another_document_decides_is_undetermined_and_says_so() -> None:
    policy = tiny(convention("住院的，给付按照市里规定执行", "其他的，给付为1元"), words=_with("市里规定，外部规定。"))
    row = undetermined(policy, 住院=True)
    assert [{"情形": "外部规定未载入", "内容": "市里规定"}] == row["原因"]
    assert "1.00" == outcome(policy, 住院=False)


READINGS = """【条款 甲】
依据：一（一）第1句
释义：给付为费用。

【读法 R1 比例】
词句：一（一）第1句「按规定给予给付」
默认“全额”：依条款。
另一“减半”：给付为费用乘以50%。
"""


@pytest.mark.parametrize(("chosen", "given"), [({}, "100.00"), ({"R1": "全额"}, "100.00"), ({"R1": "减半"}, "50.00")])
def test_a_reading_is_a_switch(chosen: dict[str, str], given: str) -> None:
    answer = run(tiny(READINGS), {"就诊日期": "2023-05-01", "费用": "100.00"}, 读法=chosen)
    assert given == answer["就诊"][0]["结果"]["给付"]
    assert {"R1": chosen.get("R1", "全额")} == answer["读法"]


def test_all_readings_that_move_an_outcome_are_found() -> None:
    policy = tiny(READINGS)
    claim, _ = policy.read({"就诊": [{"就诊日期": "2023-05-01", "费用": "100.00"}]})
    assert claim is not None
    found = [(chosen, policy.result(d)["就诊"][0]["结果"]["给付"]) for chosen, d in policy.alternatives(claim)]
    assert [({"R1": "减半"}, "50.00")] == found


def test_a_reading_that_moves_nothing_is_not_listed() -> None:
    policy = tiny(READINGS)
    claim, _ = policy.read({"就诊": [{"就诊日期": "2023-05-01", "费用": "0"}]})
    assert claim is not None and () == policy.alternatives(claim)


# --- an earlier comma --------------------------------------------------------------------------------------------------------------------------


def test_a_condition_before_a_comma_never_becomes_a_consequence() -> None:
    """Either it is refused, or it is a condition."""
    policy = tiny(convention("住院，甲类给付为100元", "其他的，给付为0元"))
    if not faults(policy):
        assert "0.00" == outcome(policy, 住院=False, 人员类别="甲类")


def test_after_the_transition_the_ordinary_standards_hold(fumeng, cases) -> None:  # type: ignore[no-untyped-def]
    case = cases["fumeng-2022"][0]
    visit = case["就诊"][0] | {"人员类别": "返贫致贫人口"}
    held = [run(fumeng, visit, 参数=case["参数"] | {"巩固脱贫攻坚成果过渡期": within})["就诊"][0]["待定"] for within in (True, False)]
    assert held[0] != held[1]


def test_a_reading_that_is_unknown_never_decides_as_the_default(fumeng, cases) -> None:  # type: ignore[no-untyped-def]
    case = cases["fumeng-2022"][0]
    claim, faults_found = fumeng.read({"就诊": case["就诊"], "参数": case["参数"], "读法": {"A004-1": "按月"}})
    assert claim is None and "按月" in "".join(faults_found)
