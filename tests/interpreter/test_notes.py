"""提示: what a reader must know besides the amounts, and nothing that is not so."""

from typing import Any

from corpus.workspace import Policy
from tests.tiny import WORDS, convention, run, tiny

FOUND = f"""{WORDS}被查实，是非，填报，没有填报的为否。

【事件 查实】
涉及该笔：被查实
"""


def visits(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"就诊日期": f"2023-05-0{n + 1}", "费用": "100.00"} | row for n, row in enumerate(rows)]


def notes(policy: Policy, *rows: dict[str, Any], **rest: Any) -> list[str]:
    return list(run(policy, *visits(*rows), **rest)["提示"])


def test_an_event_that_does_not_say_which_visit_tells_which_was_taken() -> None:
    policy = tiny(convention("被查实的，给付为0元；不被查实的，给付为费用"), words=FOUND)
    event = [{"事件": "查实", "核定日期": "2023-06-01"}]
    assert ["事件“查实”没有写明第几笔，按核定前最近的一笔（第2笔）计算"] == [n for n in notes(policy, {}, {}, 事件=event) if "事件" in n]
    assert not [n for n in notes(policy, {}, {}, 事件=[{"事件": "第1笔查实", "核定日期": "2023-06-01"}]) if "事件" in n]


def test_what_an_event_set_was_not_left_out() -> None:
    policy = tiny(convention("被查实的，给付为0元；不被查实的，给付为费用"), words=FOUND)
    said = notes(policy, {}, {}, 事件=[{"事件": "第2笔查实", "核定日期": "2023-06-01"}])
    assert ["第1笔没有填报“被查实”，按“否”计算"] == said


def test_an_event_whose_visit_cannot_be_read_says_how_to_write_it() -> None:
    policy = tiny(convention("被查实的，给付为0元；不被查实的，给付为费用"), words=FOUND)
    claim, faults = policy.read({"就诊": visits({}, {}), "事件": [{"事件": "第1、2笔查实", "核定日期": "2023-06-01"}]})
    assert claim is None
    assert "每一笔写一个事件，例如“第1笔查实”" in faults[0]


# --- opening balances

YEARLY = f"{WORDS}年内此前给付，金额，填报，为给付的期初数。\n"
CAPPED = convention("给付为费用，本年度累计不超过150元")


def test_an_opening_balance_that_the_listed_visits_contradict_is_said() -> None:
    policy = tiny(CAPPED, words=YEARLY)
    said = notes(policy, {"年内此前给付": "20.00"}, {"年内此前给付": "999.00"})
    assert ["第2笔填报的“年内此前给付”999.00元没有用到：此前列出的各笔合计120.00元"] == said
    assert [] == notes(policy, {"年内此前给付": "20.00"}, {"年内此前给付": "120.00"}) == notes(policy, {"年内此前给付": "20.00"}, {})


def test_a_later_year_opens_at_nothing_and_the_first_with_what_is_filed() -> None:
    policy = tiny(CAPPED, words=YEARLY)
    answer = run(policy, *visits({"年内此前给付": "100.00"}, {"就诊日期": "2024-02-01"}))
    assert ["50.00", "100.00"] == [v["结果"]["给付"] for v in answer["就诊"]]
    assert "待定" == run(policy, *visits({}))["就诊"][0]["结果"]["给付"]
