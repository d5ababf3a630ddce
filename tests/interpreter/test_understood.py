"""A claim of one policy read by another: what the other does not know, or cannot take, stays behind and is named."""

from corpus.workspace import Policy
from interpreter.claim import understood


def test_what_a_policy_cannot_read_is_left_out_and_named(fumeng: Policy) -> None:
    visit = {"出院日期": "2023-03-14", "别处的事实": "1.00", "医疗总费用": "很多"}
    data = {"政策": "别的", "备注": "一笔", "就诊": [visit, {}], "参数": {"别处的参数": "1"}, "读法": {"X": "Y"}, "事件": []}
    kept, left_out = understood(data, fumeng.compiled().book)
    assert {"备注": "一笔", "就诊": [{"出院日期": "2023-03-14"}, {}]} == kept
    assert ("别处的事实", "医疗总费用", "别处的参数") == left_out
    assert fumeng.read(kept)[0] is not None
