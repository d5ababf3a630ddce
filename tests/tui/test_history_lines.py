"""What is said of a record, without a screen."""

from typing import Any

import pytest
from rich.cells import cell_len

from corpus.history import Record, Status
from grammar.source import UNSEEN
from tui.history.lines import WIDE, about, amounts_text, beijing, comparison, head, money, named, row

HOSTILE = "甲\u202e[/red]\x1b]52;c;eA==\x07\u200b[@click=app.quit]乙"


def record(**changed: Any) -> Record:
    claim = '{"就诊":[{"诊断":"肺炎","是否急诊":true},{"费用":[{"a":1},{"a":2}],"人员类别":["低保","孤儿"]}]}'
    known = {"recorded": "2026-11-24T20:12:05Z", "policy": "甲-2020", "digest": "sha256:0", "claim": claim, "amounts": (("基金", 1234567), ("零", 0))}
    return Record(**(known | {"status": Status.OPEN, "note": "王某", "id": 7} | changed))


def words(pieces: Any) -> str:
    return "".join(said for said, _ in pieces)


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (0, "0.00"),
        (5, "0.05"),
        (-5, "-0.05"),
        (123456789, "1,234,567.89"),
        (-100000, "-1,000.00"),
        ("待定", "待定"),
        ("", "—"),
        (10**20, f"{10**18:,}.00"),
    ],
    ids=["zero", "fen", "negative", "thousands", "minus", "word", "nothing", "huge"],
)
def test_an_amount_has_its_separators(amount: int | str, said: str) -> None:
    assert said == money(amount)


def test_the_time_is_that_of_beijing() -> None:
    assert "2026-11-25 04:12" == beijing("2026-11-24T20:12:05Z")
    assert ["", "昨天", "9999-12-31T23:00:00Z"] == [beijing(t) for t in ("", "昨天", "9999-12-31T23:00:00Z")]


def test_who_pays_nothing_is_left_out() -> None:
    assert "基金 12,345.67" == amounts_text(record())
    assert "没有支付" == amounts_text(record(amounts=(("零", 0),)))


@pytest.mark.parametrize("width", [60, 78, 79, WIDE - 1, WIDE, 116, 200])
def test_a_row_and_its_head_have_their_columns_at_the_same_places_and_fit(width: int) -> None:
    shown = row(record(note="很长的备注" * 20, policy="/很/长/的/文件夹" * 9, amounts=(("基金" * 40, 5),), id=1_000_000), "甲乙", width)
    assert width >= cell_len(words(shown))
    assert [cell_len(cell) for cell, _ in head(width)][:-1] == [cell_len(cell) for cell, _ in shown][:-1]
    assert "1000000" in words(shown) and "甲" in words(shown) and "待定" in words(shown)


def test_what_was_filed_is_told_with_its_visits() -> None:
    said = words(about(record()))
    for part in ("第 7 笔", "王某", "第1笔诊断：肺炎", "第1笔是否急诊：是", "第2笔费用：2 项", "第2笔人员类别：低保、孤儿"):
        assert part in said


@pytest.mark.parametrize("claim", ["", "[]", "{", "1", '{"就诊":3}', '{"就诊":[3]}', '{"就诊":[{"甲":null,"乙":{"丙":1},"丁":[]}]}', "[" * 5000])
def test_any_claim_in_the_file_can_be_looked_at(claim: str) -> None:
    assert "第 7 笔" in words(about(record(claim=claim)))


def test_then_and_now_stand_side_by_side() -> None:
    old, new = record(amounts=(("基金", 100), ("个人", "待定"), ("旧", 1))), record(amounts=(("基金", 90), ("个人", 5)), digest="sha256:1")
    lines = [line for line, _ in comparison(old, new, 80)]
    assert ["记录时", "今天", "相差"] == lines[0].split()
    assert [["基金", "1.00", "0.90", "-0.10"], ["个人", "待定", "0.05", "不同"], ["旧", "0.01", "—", "不同"]] == [line.split() for line in lines[1:4]]
    assert 1 == len({cell_len(line) for line in lines[:4]})
    assert "政策的文字变过" in lines[-1]


def test_hostile_words_are_inert() -> None:
    bad = record(policy=HOSTILE, note=HOSTILE, amounts=((HOSTILE, HOSTILE),), recorded=HOSTILE)
    for width in (78, 116):
        assert not UNSEEN.search(words(row(bad, "", width)))
        assert width >= cell_len(words(row(bad, "", width)))
    assert not UNSEEN.search(words(comparison(bad, bad, 80)).replace("\n", ""))
    assert named("/") == "/" and named("") == ""
