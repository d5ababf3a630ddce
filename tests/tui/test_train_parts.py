"""The pure parts of 训练: the session, the words, the score sheet."""

import csv
import io
import stat
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from rich.cells import cell_len

from corpus.drawing import drawn
from corpus.exercises import Exercise, Theme, given
from corpus.marking import FULL, HINTS, Answer
from corpus.workspace import Workspace
from grammar.literals import money_text
from tui.train.clause_picker import matching
from tui.train.scores import table
from tui.train.session import Entry, Session, added, changed, disclosed, hinted, moved, submitted, with_variant
from tui.train.sheet import HEAD, LONGEST_NAME, as_csv, default_path, markdown, nickname, save, sheet_of
from tui.train.stage import slides, spaced
from tui.train.words import facts, hints, marking, question, read_answer, steps

KEY = "linxi-2017"


@cache
def sheet() -> Session:
    policy, message = Workspace.open().policy(KEY)
    assert policy, message
    session = Session(policy, 1)
    for made in drawn(policy, 1):
        session = added(session, made)
    return replace(session, complete=True)


def known() -> Exercise:
    """One with an amount."""
    return next(e.exercise for e in sheet().entries if e.exercise.answer)


def text(pieces: tuple[tuple[str, str], ...]) -> str:
    return "\n".join(words for words, _ in pieces)


# --- the session


def test_a_sheet_is_numbered_and_its_points_are_out_of_ten_each() -> None:
    session = sheet()
    assert [str(n) for n in range(1, 11)] == [e.label for e in session.entries]
    assert (0, 10 * FULL, 0) == (session.points, session.most, session.done)


def test_an_exercise_is_marked_once() -> None:
    entry = submitted(Entry(known(), "1"), Answer(known().answer, known().required))
    assert FULL == entry.points
    assert entry is submitted(entry, Answer(0, ()))
    assert entry is hinted(entry)
    assert entry is disclosed(entry)


def test_hints_are_two_and_cost_what_is_said() -> None:
    entry = Entry(known(), "1")
    for _ in range(4):
        entry = hinted(entry)
    assert 2 == entry.hints
    assert FULL - sum(HINTS) == submitted(entry, Answer(known().answer, known().required)).points


def test_what_was_shown_on_the_stage_no_longer_counts() -> None:
    entry = disclosed(Entry(known(), "1"))
    assert not entry.is_open
    assert 0 == submitted(entry, Answer(known().answer, known().required)).points


def test_variants_stand_behind_their_exercise_in_turn() -> None:
    session = moved(sheet(), 2)
    for _ in range(2):
        session = with_variant(session, known())
    assert ["3", "3变1", "3变2", "4"] == [e.label for e in session.entries[2:6]]
    assert "3变2" == session.entries[session.at].label
    assert "11" == added(session, known()).entries[-1].label


def test_one_does_not_move_beyond_the_ends() -> None:
    assert (0, 9) == (moved(sheet(), -5).at, moved(sheet(), 50).at)


# --- the words


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("１，２３４．５０", (True, 123_450)), (" 待定 ", (True, None)), ("0", (True, 0)), ("", (False, None)), ("一百", (False, None))],
)
def test_an_answer_is_read(typed: str, expected: tuple[bool, int | None]) -> None:
    readable, fen, why = read_answer(typed)
    assert expected == (readable, fen)
    assert readable != bool(why)


def test_facts_that_matter_stand_first_and_the_rest_is_folded() -> None:
    for entry in sheet().entries:
        exercise = entry.exercise
        folded, unfolded = text(facts(entry)), text(facts(replace(entry, unfolded=True)))
        assert all(n in folded for n in given(exercise.at, exercise.asked) if n in exercise.at.facts)
        assert all(n in unfolded for n in exercise.at.facts)
        assert "条？" not in folded and question(exercise).endswith("依据是哪几条？")


def test_what_nobody_filed_is_said_where_it_is_what_the_exercise_tries() -> None:
    entry = next(e for e in sheet().entries if e.exercise.theme is Theme.OPEN)
    assert f"{entry.exercise.varied}：没有填报" in text(facts(entry)) or f"{entry.exercise.varied}　没有填报" in text(facts(entry))


def test_the_first_hint_is_the_notice_and_none_gives_the_answer_away() -> None:
    for entry in sheet().entries:
        assert () == hints(entry)
        first, both = text(hints(replace(entry, hints=1))), text(hints(replace(entry, hints=2)))
        assert first.startswith("提示1") and first in both and "提示2" in both
        quotes = [q.partition("「")[2].rstrip("」") for q in first.splitlines()[1:] if "「" in q]
        units = "".join(u.text for u in entry.exercise.policy.notice.units)
        assert all(q in units for q in quotes)
        if entry.exercise.answer:
            assert f"= {money_text(entry.exercise.answer)}" not in both


def test_the_steps_quote_the_notice_and_come_to_the_answer() -> None:
    exercise = known()
    told = steps(exercise)
    assert set(exercise.required) <= {clause for clause, _ in told}
    assert money_text(exercise.answer or 0) in text(told[-1][1]) or any(money_text(exercise.answer or 0) in text(lines) for _, lines in told)


def test_a_marking_says_the_difference_and_each_clause() -> None:
    exercise = known()
    wrong = submitted(Entry(exercise, "1"), Answer((exercise.answer or 0) + 250, ()))
    assert "多 2.50元" in text(marking(wrong))
    assert "正在找差在哪里" in text(marking(wrong))
    assert all(f"《{c}》（漏选）" in text(marking(wrong)) for c in exercise.required)
    right = submitted(Entry(exercise, "1"), Answer(exercise.answer, exercise.required))
    assert f"得{FULL}分" in text(marking(right)) and "✗" not in text(marking(right))


def test_a_stage_begins_with_the_question_and_ends_with_the_answer_and_dims_nothing() -> None:
    made = slides(Entry(known(), "1"))
    assert question(known()) in text(made[0])
    assert money_text(known().answer or 0) in text(made[-1])
    assert {"bold", ""} >= {style for slide in made for words, style in spaced(slide)}
    assert all(style == "bold" for slide in made for words, style in spaced(slide) if words.strip("　"))


@pytest.mark.parametrize(("typed", "found"), [("起付", ("起付标准",)), ("qf", ("起付标准",)), ("", ("起付标准", "限额")), ("没有", ())])
def test_clauses_are_narrowed_by_words_and_by_initials(typed: str, found: tuple[str, ...]) -> None:
    assert found == matching(("起付标准", "限额"), typed)


# --- the score sheet


def test_the_sheet_holds_no_fact_of_any_claim() -> None:
    session = sheet()
    told = markdown(sheet_of(session, "小李")) + as_csv(sheet_of(session, "小李"))
    for entry in session.entries:
        for raw in entry.exercise.at.facts.values():
            assert not isinstance(raw, str) or len(raw) < 4 or raw in session.policy.key or raw not in told
    assert "小李" in told and f"0/{10 * FULL}" in told


def test_what_an_open_exercise_is_about_is_not_told() -> None:
    assert {("—", "—")} == {row[1:3] for row in sheet_of(sheet()).rows}
    assert (str(known().theme), known().topic) == sheet_of(changed(sheet(), disclosed(Entry(known(), "1")), 0)).rows[0][1:3]


@pytest.mark.parametrize("name", ["=1+1", "＝HYPERLINK(0)", "+1", "-2+3", "@SUM(A1)", "　=1"])
def test_no_cell_begins_as_a_formula(name: str) -> None:
    rows = list(csv.reader(io.StringIO(as_csv(sheet_of(sheet(), name)).lstrip("\ufeff"))))
    assert f"'{name.strip()}" == rows[0][1]
    assert not [cell for row in rows for cell in row if cell.lstrip(" 　").startswith(("=", "+", "-", "@", "＝"))]
    assert 10 == len(rows) - rows.index(list(HEAD)) - 1


def test_a_name_is_one_short_line_and_no_markup() -> None:
    assert "甲\\u202e乙" == nickname("甲\u202e乙\n").strip()
    assert LONGEST_NAME == len(nickname("长" * 99))
    assert "\\[x\\]\\(y\\)" not in (made := markdown(sheet_of(sheet(), "[x](y)|<b>"))) and "\\[x\\](y)\\|\\<b\\>" in made


def test_a_file_is_for_its_owner_and_is_not_written_over_unasked(tmp_path: Path) -> None:
    path = default_path(sheet(), tmp_path)
    assert f"训练成绩-{KEY}-1.md" == path.name
    assert "" == save(sheet_of(sheet()), path)
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)
    assert path != default_path(sheet(), tmp_path)
    path.write_text("别人的", encoding="utf-8")
    assert "已经有这个文件" == save(sheet_of(sheet()), path)
    assert "别人的" == path.read_text(encoding="utf-8")
    assert "" == save(sheet_of(sheet()), path, over=True)
    assert path.read_text(encoding="utf-8").startswith("# 训练成绩单")


def test_where_nothing_can_be_written_it_is_said(tmp_path: Path) -> None:
    assert "写不了" in save(sheet_of(sheet()), tmp_path / "没有" / "a.md")
    assert "写不了" in save(sheet_of(sheet()), tmp_path / "a\0b.md")
    assert save(sheet_of(sheet()), tmp_path, over=True)


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "目标"
    target.write_text("原样", encoding="utf-8")
    (tmp_path / "a.csv").symlink_to(target)
    assert save(sheet_of(sheet()), tmp_path / "a.csv", over=True)
    assert "原样" == target.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [50, 72, 110])
def test_the_table_keeps_its_figures_at_every_width(width: int) -> None:
    entry = submitted(Entry(known(), "1"), Answer(known().answer, known().required))
    lines = table(sheet_of(changed(sheet(), entry, 0)), width)
    assert 1 == len({len(line.split("  ")) > 1 for line in lines})
    assert all(cell_len(line) <= max(width, 50) + 6 for line in lines)
    assert lines[1].endswith(f"{FULL}")
