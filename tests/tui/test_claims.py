"""Claims as files, undone and redone, with visits, events and readings that come and go: without a screen."""

import os
import stat
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from corpus.drafts import Changed, Opened
from corpus.workspace import Workspace
from tui.claims.changes import events_said, with_event, with_readings, with_visit, without_event, without_visit
from tui.claims.files import claim_text, empty_claim, is_alone, offered, read_file, sample_of, save_claim, shape_fault
from tui.claims.readings import chosen, detail, row_pieces, rows_of, trials
from tui.claims.undo import Undo
from tui.commands.claims import Filed
from tui.screens.case import Case, edited, open_case, opened

WORKSPACE = Workspace.open()


def case_of(policy: str = "fumeng-2022", sample: str = "b-two-stays") -> Case:
    case, message = open_case(WORKSPACE, policy, sample)
    assert case, message
    return case


def bill(case: Case, amount: str) -> Case:
    return edited(case, next(f for f in case.fields if f.term.name == "医疗总费用"), amount)


# --- files


def test_a_claim_saved_and_opened_again_is_the_same_claim_for_the_owner_alone(tmp_path: Path) -> None:
    case = case_of()
    done = save_claim(Opened(tmp_path / "申报.json"), case.policy, case.data)
    assert isinstance(done, Opened)
    assert 0o600 == stat.S_IMODE(os.stat(done.path).st_mode)
    assert ["申报.json"] == os.listdir(tmp_path)
    file, entries, message = read_file(done.path)
    assert file and not message and is_alone(file, entries[0])
    assert {"政策": "fumeng-2022"} | case.data == entries[0].data
    assert case.decision and opened(case.policy, sample_of(case.policy, entries[0])).headline == case.headline


def test_the_policy_stands_first_and_unseen_characters_are_escapes_that_read_back(tmp_path: Path) -> None:
    text = claim_text(case_of().policy, {"备注": "\u202e甲", "就诊": [{}]})
    assert text.startswith('{\n  "政策": "fumeng-2022",') and "\\u202e甲" in text
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    assert "\u202e甲" == read_file(tmp_path / "a.json")[1][0].data["备注"]


def test_a_file_changed_since_it_was_opened_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"就诊": [{}]}', encoding="utf-8")
    file = read_file(path)[0]
    assert file
    path.write_text('{"就诊": [{"参保险种": "居民医保"}]}', encoding="utf-8")
    case = case_of()
    assert Changed(gone=False) == save_claim(file, case.policy, case.data)
    assert "居民医保" in path.read_text(encoding="utf-8")
    path.unlink()
    assert Changed(gone=True) == save_claim(file, case.policy, case.data)
    assert not path.exists()


def test_a_new_file_does_not_replace_one_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("别人的", encoding="utf-8")
    assert Changed(gone=False) == save_claim(Opened(path), case_of().policy, {"就诊": [{}]})
    assert "别人的" == path.read_text(encoding="utf-8")


def test_a_file_of_several_claims_is_not_the_file_of_one(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"就诊": [{}]}, {"就诊": [{}]}]', encoding="utf-8")
    file, entries, _ = read_file(path)
    assert file and 2 == len(entries) and not any(is_alone(file, e) for e in entries)


@pytest.mark.parametrize("data", [[], {}, {"就诊": {}}, {"就诊": []}, {"就诊": [1]}, {"就诊": [{}], "参数": []}, {"就诊": [{}], "事件": {"x": 1}}])
def test_what_no_form_can_show_is_refused(data: Any) -> None:
    assert bool(shape_fault(Filed("x", data))) == (data != {"就诊": [{}], "参数": []})


@pytest.mark.parametrize("path", ["none.json", ".", "bad.json", "\0"])
def test_a_file_that_cannot_be_read_is_said_in_chinese(path: str, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_bytes(b"\xff\xfe\xff")
    file, entries, message = read_file(tmp_path / path)
    assert (None, []) == (file, entries) and message


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.json")
    assert "找不到文件" in read_file(tmp_path / "p.json")[2]


def test_files_are_offered_as_they_would_be_typed(tmp_path: Path) -> None:
    for name in ("a.json", "b.json", "c.txt", ".hidden.json", "[red]x.json", "a\u202e.json"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    assert ("folder/", "[red]x.json", "a.json", "a\u202e.json", "b.json") == offered("", tmp_path)
    assert (f"{tmp_path}/b.json",) == offered(f"{tmp_path}/b", Path("/nowhere"))
    assert () == offered("none/x", tmp_path) == offered("\0/", tmp_path)


# --- visits and events


def test_a_visit_is_added_blank_or_as_a_copy_and_taken_away_with_its_events() -> None:
    case = case_of()
    assert {} == with_visit(case, False).data["就诊"][2]
    more = with_visit(case, True)
    assert case.data["就诊"][0] == more.data["就诊"][2] and (2, 3) == (more.visit, more.visits)
    more = with_event(with_event(more, "核定为虚假费用", 2, "2023-06-01"), "核定为虚假费用", 0, "")
    assert not more.faults
    fewer = without_visit(with_visit(more, False))
    assert more.data["事件"] == fewer.data["事件"]
    first = without_visit(Case(more.policy, more.sample, more.data, 0))
    assert ["第2笔核定为虚假费用"] == [e["事件"] for e in first.data["事件"]]
    assert case.data["就诊"][1] == first.data["就诊"][0]


def test_the_last_visit_stays() -> None:
    case = case_of(sample="a-county-stay")
    assert case is without_visit(case)


def test_visits_of_a_claim_that_cannot_be_read_come_and_go() -> None:
    case = with_visit(bill(case_of(), "甲"), False)
    assert case.faults and case.decision is None and case.headline and case.fields and not case.shares
    assert without_visit(case).faults
    assert bill(without_visit(case), "5").headline


def test_an_event_is_said_and_taken_away() -> None:
    case = with_event(case_of(), "核定为虚假费用", 1, "2023-06-01")
    assert ("第2笔核定为虚假费用　2023-06-01",) == events_said(case)
    assert "事件" not in without_event(case, 0).data


def test_an_event_with_no_date_of_the_calendar_is_a_fault() -> None:
    assert "不是日期" in with_event(case_of(), "核定为虚假费用", 0, "2023-02-30").faults[0]


# --- undo


def test_undo_and_redo_go_through_the_changes_of_a_claim() -> None:
    first = case_of()
    undo, second = Undo(), bill(first, "8000")
    undo.changed(first, second)
    third = with_visit(second, False)
    undo.changed(second, third)
    assert undo.back(third) is second and undo.back(second) is first and undo.back(first) is None
    assert undo.forth(first) is second and undo.forth(second) is third and undo.forth(third) is None


def test_typing_in_one_field_is_one_change_and_a_change_ends_what_could_be_redone() -> None:
    first = case_of()
    undo, eight, eighty = Undo(), bill(first, "8"), bill(first, "80")
    undo.changed(first, eight, "bill")
    undo.changed(eight, eighty, "bill")
    assert undo.back(eighty) is first
    undo.changed(first, eight, "bill")
    assert undo.forth(eight) is None
    undo.changed(eight, eighty, "other")
    assert undo.back(eighty) is eight


def test_what_changes_nothing_is_no_step() -> None:
    undo, case = Undo(), case_of()
    undo.changed(case, Case(case.policy, case.sample, dict(case.data), 1))
    assert undo.back(case) is None


# --- readings


def test_a_reading_is_chosen_decided_and_put_back() -> None:
    case = case_of("linxi-2017", "a-diabetes")
    other = with_readings(case, {"A003-6": "都用总额"})
    assert {"A003-6": "都用总额"} == other.data["读法"] and other.decision
    assert case.headline != other.headline
    back = with_readings(other, {"A003-6": ""})
    assert "读法" not in back.data and back.headline == case.headline


def test_readings_that_change_the_result_come_first_and_say_by_how_much() -> None:
    case = case_of("linxi-2017", "a-diabetes")
    tried = dict(trials(case))
    rows = rows_of(case, tried)
    assert "A003-6" == rows[0].reading.id
    assert ["各用各的词"] == [r.candidate.label for r in rows if r.candidate and r.standing and r.reading.id == "A003-6"]
    other = next(r for r in rows if r.candidate and r.candidate.label == "都用总额")
    said = "".join(words for words, _ in row_pieces(other, tried, frozenset()))
    results = [c.policy.result(c.decision)["就诊"][0]["结果"] for c in (case, with_readings(case, chosen(other))) if c.decision]
    gap = [int(r["医保报销"].replace(".", "")) for r in results]
    assert f"医保报销 多 {(gap[1] - gap[0]) // 100}.{(gap[1] - gap[0]) % 100:02}元" in said
    assert any(results[0]["医保报销"] in words.replace(",", "") and "→" in words for words, _ in detail(other, tried))
    assert {"A003-6": ""} == chosen(rows[1])


def test_readings_are_shown_before_anything_was_tried() -> None:
    case = case_of("linxi-2017", "a-diabetes")
    row = next(r for r in rows_of(case, {}) if r.candidate and not r.standing)
    assert any("正在试算" in words for words, _ in detail(row, {}))


def test_an_empty_claim_of_a_policy_is_looked_at() -> None:
    policy = case_of().policy
    case = opened(policy, empty_claim(policy))
    assert not case.faults and case.fields


def test_trying_the_readings_stops_when_nobody_waits_for_it() -> None:
    case = case_of("linxi-2017", "a-diabetes")
    assert case.decision
    assert () == case.policy.alternatives(case.decision.claim, lambda: False)
    assert {"A003-6": "都用总额"} in [chosen for chosen, _ in case.policy.alternatives(case.decision.claim)]


def test_a_policy_of_ones_own_begins_with_an_empty_claim(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    copytree(Path(__file__).resolve().parents[2] / "policies" / "susong-2006", folder)
    case, message = open_case(Workspace.open(), str(folder))
    assert case and not message and {"就诊": [{}]} == case.data
