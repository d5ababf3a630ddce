"""The list of recorded decisions: nothing is lost, nothing is changed, and only its owner can read it."""

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from corpus.database import StoreFault
from corpus.history import LABELS, History, Record, Status, close_history, ids_for, ids_in, open_history, record, rows_in
from corpus.recording import Change, changes, claim_text, entry_of, fen, headline, recomputed, status_of, verdict
from corpus.search import read_query
from corpus.workspace import Workspace

AT = "2026-11-24T09:12:05Z"
SAMPLE = Path(__file__).parents[2] / "tui" / "samples" / "fumeng-2022.a-county-stay.json"


def entry(**changed: Any) -> Record:
    known = {
        "recorded": AT,
        "policy": "甲-2020",
        "digest": "sha256:0",
        "claim": '{"就诊":[{"诊断":"肺炎"}]}',
        "amounts": (("基金", 12345), ("个人", "待定")),
    }
    return Record(**(known | {"status": Status.OPEN, "note": "王某"} | changed))


def opened(path: Path) -> History:
    history = open_history(path)
    assert isinstance(history, History)
    return history


def kept(history: History, *entries: Record) -> list[Record]:
    done = [record(history, e) for e in entries]
    assert not [d for d in done if isinstance(d, StoreFault)]
    return [d for d in done if isinstance(d, Record)]


def test_what_is_recorded_is_read_again_newest_first(tmp_path: Path) -> None:
    history = opened(tmp_path / "家" / "history.db")
    first, second = kept(history, entry(), entry(policy="乙", status=Status.DECIDED, amounts=()))
    close_history(history)
    history = opened(tmp_path / "家" / "history.db")
    assert [2, 1] == list(ids_in(history))
    assert (second, first) == rows_in(history, ids_in(history))
    assert (12345, "待定") == tuple(a for _, a in first.amounts)


def test_it_is_for_the_user_alone(tmp_path: Path) -> None:
    opened(tmp_path / "家" / "history.db")
    assert 0o600 == (tmp_path / "家" / "history.db").stat().st_mode & 0o777
    assert 0o700 == (tmp_path / "家").stat().st_mode & 0o777


def test_looking_makes_no_list(tmp_path: Path) -> None:
    assert open_history(tmp_path / "history.db", make=False) is None
    assert not list(tmp_path.iterdir())


def test_a_file_of_another_kind_is_left_as_it_is(tmp_path: Path) -> None:
    text, other = tmp_path / "a.db", tmp_path / "b.db"
    text.write_bytes(b"x" * 5000)
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE t (a)")
    before = text.read_bytes(), other.read_bytes()
    for path in (text, other):
        fault = open_history(path)
        assert isinstance(fault, StoreFault) and "历史" in fault.message
    assert before == (text.read_bytes(), other.read_bytes())


def test_eight_writers_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "history.db"

    def write(worker: int) -> int:
        history = opened(path)
        done = kept(history, *(entry(note=f"{worker}-{n}") for n in range(12)))
        close_history(history)
        return len(done)

    with ThreadPoolExecutor(8) as hands:
        assert 96 == sum(hands.map(write, range(8)))
    history = opened(path)
    assert {f"{w}-{n}" for w in range(8) for n in range(12)} == {row.note for row in rows_in(history, ids_in(history))}
    assert range(96, 0, -1) == ids_in(history)


def test_a_write_that_fails_leaves_nothing_and_says_so(tmp_path: Path) -> None:
    history = opened(tmp_path / "history.db")
    kept(history, entry())
    refused = record(history, entry(status="别的"))
    assert isinstance(refused, StoreFault) and "没有记下" in refused.message
    assert [1] == list(ids_in(history))
    assert 2 == kept(history, entry())[0].id


def test_rows_deleted_by_hand_leave_a_list_without_holes(tmp_path: Path) -> None:
    history = opened(tmp_path / "history.db")
    kept(history, *(entry(note=str(n)) for n in range(5)))
    history.database.execute("DELETE FROM decision WHERE id IN (2, 3)")
    assert [5, 4, 1] == list(ids_in(history))
    assert ["4", "3", "0"] == [row.note for row in rows_in(history, ids_in(history))]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("肺炎", [3, 1]),
        ("肺炎 -李某", [1]),
        ("政策:乙", [2]),
        ("政策：2020 状态:待定", [3, 1]),
        ("状态:已定 状态:冲突", [2]),
        ("王", [1]),
        ("icu", [2]),
        ("冲突", []),
        ("%", []),
        ("-肺炎", [2]),
        ("'; DROP TABLE decision; --", []),
        ("", [3, 2, 1]),
    ],
)
def test_a_filter_holds_literally(tmp_path: Path, typed: str, found: list[int]) -> None:
    history = opened(tmp_path / "history.db")
    kept(history, entry(), entry(policy="乙", status=Status.DECIDED, claim='{"就诊":[{"科室":"ICU"}]}', note=""), entry(note="李某"))
    assert found == list(ids_for(history, read_query(typed, LABELS)))


# --- what is recorded


def answer(*visits: list[tuple[str, str]], pending: Any = ()) -> dict[str, Any]:
    rows = [{"瀑布": [{"付费方": n, "金额": a} for n, a in visit], "待定": list(pending)} for visit in visits]
    return {"政策哈希": "sha256:1", "就诊": rows, "合计": {"合计": {"补助": "3.50"}}}


def test_amounts_are_whole_fen_or_words() -> None:
    assert [120, -5, 10**15, "待定", "1.5", "１.00"] == [fen(t) for t in ("1.20", "-0.05", "10000000000000.00", "待定", "1.5", "１.00")]


def test_the_headline_is_who_pays_over_all_visits() -> None:
    assert (("甲", 350), ("个人", "待定")) == headline(answer([("甲", "1.20"), ("个人", "待定")], [("甲", "2.30"), ("个人", "1.00")]))
    assert (("个人", "冲突"),) == headline(answer([("个人", "待定")], [("个人", "冲突")]))
    assert (("补助", 350),) == headline(answer([]))


def test_a_visit_that_was_voided_pays_nothing() -> None:
    result = answer([("甲", "1.00")], [("甲", "2.00")])
    result["就诊"][0]["作废"] = True
    assert (("甲", 200),) == headline(result)


@pytest.mark.parametrize(
    ("amounts", "pending", "status"),
    [
        ((("甲", 1),), (), "已定"),
        ((("甲", 1), ("个人", "待定")), (), "待定"),
        ((("甲", "冲突"), ("个人", "待定")), (), "冲突"),
        ((), ({"项目": "乙"},), "待定"),
        ((), ({"项目": "乙", "冲突": []},), "冲突"),
    ],
)
def test_the_status_is_that_of_the_amounts_or_of_what_is_open(amounts: Any, pending: Any, status: str) -> None:
    assert status == status_of(answer([], pending=pending), amounts)


@pytest.mark.parametrize("data", [{"a": "\ud800"}, {"备注": "\x00\x1b\u202e"}, {"金额": "１２.００", "n": [1, None, True]}])
def test_a_claim_reads_back_as_it_was_filed(tmp_path: Path, data: Any) -> None:
    history = opened(tmp_path / "history.db")
    kept(history, entry(claim=claim_text(data)))
    assert data == rows_in(history, [1])[0].data


def test_a_record_is_decided_anew_and_compared() -> None:
    workspace = Workspace.open()
    policy, _ = workspace.policy("fumeng-2022")
    assert policy
    data = json.loads(SAMPLE.read_text(encoding="utf-8"))
    claim, _ = policy.read(data)
    assert claim
    old = entry_of("fumeng-2022", policy.result(policy.decide(claim)), data, AT, "注\u202e" + "长" * 300)
    assert ("基本救助", 204750) in old.amounts and Status.DECIDED is old.status and 200 == len(old.note) and "\u202e" not in old.note
    new, message = recomputed(workspace, old, AT)
    assert new and not message and old == new
    assert "没有变，金额也没有变" in verdict(old, new)
    assert all(change.difference == 0 for change in changes(old, new))


def test_what_differs_is_told_with_the_difference() -> None:
    old, new = entry(amounts=(("甲", 100), ("乙", "待定"), ("丙", 5))), entry(amounts=(("甲", 90), ("乙", 7)), digest="sha256:2")
    assert (Change("甲", 100, 90), Change("乙", "待定", 7), Change("丙", 5, "")) == changes(old, new)
    assert [-10, None, None] == [change.difference for change in changes(old, new)]
    assert "政策的文字变过" in verdict(old, new) and "金额变了" in verdict(old, new)
    assert "程序或者通知" in verdict(old, entry(amounts=()))
    assert "金额也没有变" in verdict(old, entry(amounts=old.amounts, digest="x"))


@pytest.mark.parametrize(
    ("policy", "claim", "said"),
    [("没有-2020", "{}", "没有政策"), ("fumeng-2022", "[]", "读不了这笔申报"), ("fumeng-2022", '{"就诊":[{"没有这一栏":1}]}', "读不了这笔申报")],
    ids=["no-policy", "no-claim", "unknown-fact"],
)
def test_what_cannot_be_decided_today_is_said(policy: str, claim: str, said: str) -> None:
    new, message = recomputed(Workspace.open(), entry(policy=policy, claim=claim), AT)
    assert new is None and said in message
