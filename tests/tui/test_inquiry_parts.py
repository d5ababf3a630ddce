"""The pure parts of 为何没有 and 假设: what is asked about first, tables and charts that cut no amount, a curve in words, and its command."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from rich.cells import cell_len

from corpus.workspace import Workspace
from interpreter.curve import Curve, Piece
from interpreter.trials import Gap
from tests.tui.test_screen_hostile import PAYLOADS, UNSEEN
from tui.claims.whatif import amount_outcomes, axis, changed, likely, supposed, table, table_lines
from tui.claims.whynot import anchors_of, entries, first_entry, fitting, gap_said, search_of, told
from tui.cli import main
from tui.screens.case import Case, opened, refiled
from tui.screens.samples import samples
from tui.text.curve import curve_lines, slope_said
from tui.trace_rows import Part, trace
from tui.widgets.chart import Plot, chart_lines

WORKSPACE = Workspace.open()


def case(key: str, name: str) -> Case:
    policy, message = WORKSPACE.policy(key)
    assert policy, message
    return opened(policy, next(s for s in samples(key) if s.name == name))


STAY = case("fumeng-2022", "a-county-stay")


def test_every_outcome_and_every_sentence_that_did_not_fire_can_be_asked_about() -> None:
    assert STAY.explanation
    rows = entries(STAY.explanation)
    assert list(STAY.explanation.graph.outcomes) == [r.outcome for r in rows if r.outcome]
    assert list(STAY.explanation.unfired) == [r.unfired for r in rows if r.unfired]
    for row in rows:
        assert row.is_heading or told(STAY.explanation, row)
        assert row.unfired is None or anchors_of(STAY.explanation, row) == row.unfired.origin.anchors


def test_the_row_under_the_cursor_of_the_reasoning_is_asked_about_first() -> None:
    assert STAY.explanation
    rows = entries(STAY.explanation)
    step = next(s for s in trace(STAY.explanation) if s.head == "倾斜救助")
    assert "倾斜救助" == rows[first_entry(rows, STAY.explanation, step)].outcome
    assert "大病保险支付" == rows[first_entry(rows, STAY.explanation, None)].outcome
    refused = next(s for s in trace(STAY.explanation) if s.part is Part.REFUSED)
    assert rows[first_entry(rows, STAY.explanation, refused)].outcome


def test_a_missing_payment_is_answered_with_the_class_of_person_that_has_it() -> None:
    """二（二）2第2款 of the notice: 特困人员、孤儿 have no threshold for 倾斜救助, 低保对象 one of 3,000."""
    assert STAY.explanation
    row = next(r for r in entries(STAY.explanation) if r.outcome == "倾斜救助")
    found = [c.after for r in search_of(STAY, row, lambda: False).remedies() for c in r.changes]
    assert ["特困人员", "孤儿"] == found


def test_a_supposition_leaves_the_claim_as_it_is_and_is_laid_beside_it() -> None:
    assert STAY.explanation
    row = next(r for r in entries(STAY.explanation) if r.outcome == "倾斜救助")
    remedy = next(iter(search_of(STAY, row, lambda: False).remedies()))
    other = supposed(STAY, remedy.changes)
    assert ("人员类别 低保对象 → 特困人员",) == changed(STAY, other)
    assert Gap("倾斜救助", "0.00", "614.25", "+614.25") == table(STAY, other)[0]
    assert () == changed(STAY, STAY) == tuple(g for g in table(STAY, STAY) if not g.same)
    assert "低保对象" == STAY.data["就诊"][0]["人员类别"]


@pytest.mark.parametrize("width", range(24, 90, 3))
def test_no_amount_of_the_table_or_of_a_change_is_cut(width: int) -> None:
    rows = (Gap("政策范围内个人自付" * 2, "1,234,567.00", "12.50", "-1,234,554.50"), Gap("甲", "待定", "0.00", ""))
    lines = [words for words, _ in table_lines(rows, width)]
    assert all(any(amount in line for line in lines) for amount in ("1,234,567.00", "12.50", "-1,234,554.50"))
    assert width < 46 or all(cell_len(line) <= width for line in lines)
    said = [gap_said(g) for g in rows]
    line = fitting(said, width)
    assert cell_len(line) <= width and all(part in (*said, "…") for part in line.split("　"))


@pytest.mark.parametrize(("width", "height"), [(20, 3), (58, 14), (76, 9), (117, 20)])
def test_a_chart_stays_within_its_pane_and_marks_cliffs_over_breaks(width: int, height: int) -> None:
    curve = Curve((Piece(0, 499, 0, 0, Fraction(0)), Piece(500, 1000, 500, 1000, Fraction(1))))
    plot = Plot(0, 1000, curve.value_at, [(500, True), (501, False)], 250, lambda fen: f"{fen}.00")
    lines = chart_lines(plot, width, height)
    assert len(lines) <= max(height, 3)
    assert all(cell_len(line) <= width for line in lines)
    assert 1 == lines[-2].count("◆") and 1 == lines[-2].count("▲")
    assert lines[0].rstrip().endswith("█") or height == 3


def test_a_curve_of_nothing_is_flat_and_says_so() -> None:
    plot = Plot(0, 100, lambda x: None, [], None, str)
    assert not [line for line in chart_lines(plot, 40, 6) if "█" in line]
    assert "折点太多" in curve_lines("甲", Curve())[1]
    assert ["—", "70%", "1/3"] == [slope_said(s) for s in (None, Fraction(7, 10), Fraction(1, 3))]


def test_the_axis_prefers_what_is_filed_and_an_outcome_that_is_something() -> None:
    ax = axis(STAY)
    assert ax and (0, 2_400_000, "基本救助") == (ax.low, ax.high, ax.outcome)
    assert "政策范围内费用" in [a.term.name for a in likely(STAY, (), "")]
    assert "基本救助" == amount_outcomes(STAY)[0]


def test_what_is_told_of_hostile_data_shows_it_written_out() -> None:
    for payload in PAYLOADS:
        data = {"就诊": [STAY.data["就诊"][0] | {"诊断": payload}]}
        other = refiled(STAY, data, 0)
        assert not UNSEEN.search("".join(changed(STAY, other)))


def test_the_command_tells_breaks_and_slopes(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """二（二）2第1款 of the notice: 70% of what insurance leaves to the person, from 7,575.00 on, which insurance paid."""
    claim = tmp_path / "申报.json"
    claim.write_text(json.dumps(STAY.data, ensure_ascii=False), encoding="utf-8")
    words = ["youju", "curve", "fumeng-2022", str(claim), "--over", "政策范围内费用", "--json"]
    monkeypatch.setattr("sys.argv", words)
    assert 0 == main()
    answer = json.loads(capsys.readouterr().out)
    assert ("政策范围内费用", "基本救助") == (answer["字段"], answer["结果"])
    assert ["7575.00", "12000.01"] == [b["处"] for b in answer["折点"]]
    assert "7/10" == answer["段"][1]["斜率"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--over", "费用"], "是否指"),
        (["--over", "政策范围内费用", "--outcome", "基本救援"], "是否指“基本救助”"),
        (["--over", "政策范围内费用", "--visit", "2"], "只有 1 笔"),
        (["--over", "政策范围内费用", "--to", "一百"], "不是金额"),
    ],
    ids=["field", "outcome", "visit", "to"],
)
def test_a_wrong_word_is_answered_in_one_line(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = tmp_path / "申报.json"
    claim.write_text(json.dumps(STAY.data, ensure_ascii=False), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["youju", "curve", "fumeng-2022", str(claim), *words])
    assert 2 == main()
    captured = capsys.readouterr()
    assert "" == captured.out and said in captured.err
