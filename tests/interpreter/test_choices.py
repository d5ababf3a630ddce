"""A person of several classes: each class is reckoned whole, the best total counts, and a total that is not known decides nothing."""

from tests.tiny import WORDS, convention, run, tiny

TWO_CHOICES = f"""{WORDS}身份，类别，填报，可以多项：子、丑。
另给付，金额，结果，没有规定的为0元。

【约定】
人员类别有多项的，逐项计算，取给付最高的一项。
身份有多项的，逐项计算，取另给付最高的一项。
"""
WITH_RATE = f"""{WORDS}率，比例，结果。

【约定】
人员类别有多项的，逐项计算，取给付最高的一项。
"""
BOTH = {"就诊日期": "2023-05-01", "人员类别": ["甲类", "乙类"]}


def test_two_choices_are_made_each_by_its_own_total() -> None:
    amounts = convention("甲类给付为100元", "乙类给付为200元", "子另给付为10元", "丑另给付为20元")
    answer = run(tiny(amounts, words=TWO_CHOICES), BOTH | {"身份": ["子", "丑"]})["就诊"][0]
    assert {"给付": "200.00", "另给付": "20.00"} == answer["结果"]
    assert {"人员类别": "乙类", "身份": "丑"} == answer["按"]


def test_a_class_whose_total_is_unknown_leaves_undetermined_what_differs() -> None:
    policy = tiny(convention("甲类给付为费用", "乙类给付为200元", "甲类率为10%", "乙类率为20%"), words=WITH_RATE)
    answer = run(policy, BOTH)["就诊"][0]
    assert {"给付": "待定", "率": "待定"} == answer["结果"]
    assert [["费用"], ["费用"]] == [row["缺少"] for row in answer["待定"]]
    assert {"给付": "300.00", "率": "10%"} == run(policy, BOTH | {"费用": "300.00"})["就诊"][0]["结果"]
