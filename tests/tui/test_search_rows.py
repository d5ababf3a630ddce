"""What the lists of 检索 show, without a screen."""

import pytest
from rich.cells import cell_len

from corpus.store import Hit
from interpreter.citations import Citing
from interpreter.graph import Anchor
from interpreter.notice import Notice, Unit, UnitKind
from tui.search.clause import told
from tui.search.hits import Row, citation_text, cut, fitted, heading, merged, pieces_of, rows_of, snippet


def hit(text: str, *spans: tuple[int, int], key: str = "k", place: str = "一/s1") -> Hit:
    return Hit(key, Unit(f"{key}/{place}", UnitKind.SENTENCE, text, 1, 1), spans)


def words(pieces: object) -> str:
    return "".join(said for said, _ in pieces)  # type: ignore[attr-defined]


def test_hits_stand_under_their_notice() -> None:
    a, b, c = hit("甲", (0, 1)), hit("乙", (0, 1)), hit("丙", (0, 1), key="m")
    assert (Row("k", "题一", 2), Row("k", hit=a), Row("k", hit=b), Row("m", "", 1), Row("m", hit=c)) == rows_of((a, b, c), {"k": "题一"})


def test_the_words_found_are_in_brackets() -> None:
    assert "参加[住院]治疗的[低保]对象" == words(snippet(hit("参加住院治疗的低保对象", (2, 4), (7, 9)), 80))


def test_spans_that_touch_are_one() -> None:
    assert ((0, 3), (5, 6)) == merged(((5, 6), (0, 2), (1, 3)))
    assert "[住院]" == words(snippet(hit("住院", (0, 1), (1, 2)), 80))


def test_a_hit_far_into_a_text_is_still_seen() -> None:
    shown = words(snippet(hit("前" * 50 + "住院" + "后" * 50, (50, 52)), 30))
    assert shown.startswith("…前") and "[住院]" in shown and shown.endswith("…")
    assert 30 >= cell_len(shown)


@pytest.mark.parametrize("width", range(4, 40))
def test_no_row_is_wider_than_its_room(width: int) -> None:
    found = hit("每人每年1000元，住院ICU治疗", (9, 11))
    assert width >= cell_len(words(fitted((("住院费用", ""), ("ab", "hit")), width)))
    assert width >= cell_len(words(snippet(found, width)))
    assert width >= cell_len(cut("住院ab费用", width))
    if width >= 24:
        assert width >= cell_len(words(pieces_of(found, "●", width)))
        assert width >= cell_len(words(heading(Row("钥匙", "很长的题名" * 9, 12), width)))


def test_hostile_words_are_written_out() -> None:
    found = hit("甲\u202e住院\x1b]52;c;eA==\x07[red]", (2, 4), place="一/\u200bs1")
    shown = words(pieces_of(found, "●", 90))
    assert "\u202e" not in shown and "\x1b" not in shown and "\u200b" not in shown
    assert "\\u202e" in shown and "[住院]" in shown
    assert "[red]" in citation_text(Notice("k", "题", ()), found)
    assert "\\u202e" in citation_text(Notice("k", "题", ()), found)


def citing(**changed: object) -> Citing:
    known = {"clause": "甲", "standing": "照录", "anchor": Anchor("k/一/s1", "比例为70%", 0, 6, "0" * 16), "source": "甲.policy", "line": 3}
    return Citing(**(known | {"written": "比例为70%。\n第二行。", "read_back": "比例为70%。"} | changed))  # type: ignore[arg-type]


def test_a_clause_is_told_with_the_notice_its_own_words_and_what_was_read() -> None:
    unit = Unit("k/一/s1", UnitKind.SENTENCE, "比例为70%。", 1, 1)
    lines = [line for line, _ in told(citing(anchor=Anchor(unit.id, "比例为70%", 0, 6, unit.digest)), unit)]
    assert "「比例为70%」" in lines and "写作　甲.policy 第 3 行" in lines and "第二行。" in lines and "读作" in lines
    assert not [line for line in lines if "另一版" in line]


def test_a_clause_that_rests_on_another_edition_says_so() -> None:
    unit = Unit("k/一/s1", UnitKind.SENTENCE, "比例为75%。", 1, 1)
    assert [line for line, _ in told(citing(), unit) if "另一版" in line]


def test_an_account_has_its_reason() -> None:
    unit = Unit("k/一/s1", UnitKind.SENTENCE, "总则。", 1, 1)
    lines = [line for line, _ in told(citing(clause="段落", standing="说明性", read_back="没有标准。"), unit)]
    assert "理由" in lines and "读作" not in lines
