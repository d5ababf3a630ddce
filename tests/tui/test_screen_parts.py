"""The pure parts of the screens: lines, amounts in capitals, bars, rows of the form and of the reasoning."""

import random

import pytest
from rich.cells import cell_len

from corpus.workspace import Workspace
from tui.screens.case import Case, edited, moved, opened
from tui.screens.samples import samples
from tui.trace_rows import Part, Sign, Step, below, trace
from tui.widgets.bars import fitted
from tui.widgets.capital import capital_amount
from tui.widgets.field_rows import Group
from tui.widgets.pinyin import initials
from tui.widgets.source_pane import lit, paragraphs
from tui.widgets.waterfall import Share, bar, waterfall_lines
from tui.widgets.wrap import lines_of, wrap

WORKSPACE = Workspace.open()
KEYS = WORKSPACE.keys()


def case(key: str, name: str) -> Case:
    policy, message = WORKSPACE.policy(key)
    assert policy, message
    return opened(policy, next(s for s in samples(key) if s.name == name))


# --- lines


@pytest.mark.parametrize("width", range(8, 81))
def test_no_line_of_a_notice_begins_with_closing_or_ends_with_opening_punctuation(width: int) -> None:
    for key in KEYS:
        for paragraph in paragraphs(case(key, samples(key)[0].name).policy.notice):
            lines = lines_of(paragraph.text, width)
            assert paragraph.text == "".join(lines)
            assert all(cell_len(line) <= width for line in lines)
            assert not [line for line in lines if line[:1] in "，。；：、）》”"] or width < 10
            assert not [line for line in lines[:-1] if line[-1:] in "（《“"]


def test_a_figure_is_not_broken() -> None:
    assert ("共计", "12,345.00", "元") == lines_of("共计12,345.00元", 9)


def test_a_figure_wider_than_the_line_is_split_and_nothing_is_lost() -> None:
    assert ((0, 4), (4, 8), (8, 9)) == wrap("123456789", 4)


# --- amounts in capitals


@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (105, "壹元零伍分"),
        (20000, "贰佰元整"),
        (1000000, "壹万元整"),
        (10000500, "壹拾万零伍元整"),
        (2000000001, "贰仟万元零壹分"),
        (100010000, "壹佰万零壹佰元整"),
        (1632000, "壹万陆仟叁佰贰拾元整"),
        (12345678901, "壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元零壹分"),
        (1000000000000, "壹佰亿元整"),
        (100000001000, "壹拾亿零壹拾元整"),
    ],
)
def test_an_amount_in_capitals(fen: int, said: str) -> None:
    assert said == capital_amount(fen)


def test_capitals_read_back_to_the_amount() -> None:
    chance = random.Random(7)
    for fen in [chance.randrange(10 ** chance.randint(1, 13)) for _ in range(3000)]:
        assert fen == read_capitals(capital_amount(fen)), capital_amount(fen)


def read_capitals(text: str) -> int:
    """An independent reader, for the round trip."""
    total = section = digit = 0
    if "元" in text:
        yuan, text = text.split("元")
        for character in yuan:
            if character in "零壹贰叁肆伍陆柒捌玖":
                digit = "零壹贰叁肆伍陆柒捌玖".index(character)
            elif character in "拾佰仟":
                section, digit = section + digit * {"拾": 10, "佰": 100, "仟": 1000}[character], 0
            else:
                total, section, digit = total + (section + digit) * {"万": 10**4, "亿": 10**8}[character], 0, 0
        total = (total + section + digit) * 100
    for character, worth in (("角", 10), ("分", 1)):
        if character in text:
            total += "零壹贰叁肆伍陆柒捌玖".index(text[text.index(character) - 1]) * worth
    return total


# --- the waterfall

SHARES = (Share("总费用", "12000.00", True), Share("基本医保", "7575.00"), Share("基本救助", "2047.50"), Share("个人", "2377.50"))


@pytest.mark.parametrize("width", range(10, 100))
def test_amounts_are_never_cut(width: int) -> None:
    lines = waterfall_lines(SHARES, width)
    assert [s.spoken for s in SHARES] == [amount.strip() for _, amount, _ in lines if amount]
    assert all(cell_len(f"{name} {amount}") <= width for name, amount, _ in lines) or width < 14
    assert all(cell_len(f"{name} {amount} {drawn}") <= width for name, amount, drawn in lines if drawn)


def test_every_bar_begins_where_the_one_before_ended_and_the_last_reaches_the_end() -> None:
    drawn = [d for _, _, d in waterfall_lines(SHARES, 60)]
    assert cell_len(drawn[0]) == cell_len(drawn[-1])
    assert drawn[0] == "█" * cell_len(drawn[0])
    starts = [len(d) - len(d.lstrip()) for d in drawn[1:]]
    ends = [len(d) for d in drawn[1:]]
    assert all(abs(start - end) <= 1 for start, end in zip(starts[1:], ends[:-1], strict=True))


def test_a_small_share_of_a_large_bill_is_still_seen() -> None:
    assert "▏" == bar(0, 1, 10**12, 40)


def test_what_is_undetermined_is_not_drawn_as_nothing() -> None:
    shares = (Share("总费用", "100.00", True), Share("甲", "待定"), Share("个人", "待定"))
    assert ["？", "？"] == [drawn for _, _, drawn in waterfall_lines(shares, 40)][1:]


def test_the_shares_of_every_sample_sum_to_its_bill() -> None:
    for key in KEYS:
        for sample in samples(key):
            shown = case(key, sample.name)
            for visit in range(shown.visits):
                shares = moved(shown, visit).shares
                known = [s.fen for s in shares if not s.whole]
                assert None in known or not shares or shares[0].fen == sum(known)


# --- the top line


def test_the_top_line_leaves_out_whole_items() -> None:
    assert (" │ 有据 │ ", ["…", "个人 2.00"]) == fitted(["有据"], ["基本医保 1.00", "个人 2.00"], 27)


@pytest.mark.parametrize(("said", "letters"), [("统筹地区", "tcdq"), ("去核定", "qhd"), ("F5，啊匝", "f5az"), ("〇ē", "")])
def test_the_first_letters_of_pinyin(said: str, letters: str) -> None:
    assert letters == initials(said)


# --- the form


def field_of(shown: Case, name: str):  # type: ignore[no-untyped-def]
    return next(f for f in shown.fields if f.term.name == name)


def test_full_width_digits_and_separators_are_an_amount() -> None:
    shown = case("fumeng-2022", "a-county-stay")
    shown = edited(shown, field_of(shown, "医疗总费用"), "１３，０００．５０")
    assert () == shown.faults
    assert "壹万叁仟元伍角整" == field_of(shown, "医疗总费用").echo
    assert "13,000.50" == shown.shares[0].spoken


def test_what_cannot_be_read_is_said_at_the_field_and_the_result_is_marked_old() -> None:
    shown = case("fumeng-2022", "a-county-stay")
    shown = edited(shown, field_of(shown, "医疗总费用"), "一百")
    assert field_of(shown, "医疗总费用").fault.startswith("不是金额")
    assert ("填报有误，以下为改动前的结果",) == shown.headline


def test_an_edit_under_way_when_another_claim_is_opened_changes_nothing_there() -> None:
    before = case("fumeng-2022", "a-county-stay")
    after = case("fumeng-2022", "b-two-stays")
    assert after is edited(after, field_of(before, "医疗总费用"), "1.00")


def test_a_missing_parameter_is_marked_with_the_clause_that_asks() -> None:
    field = field_of(case("linxi-2017", "c-undetermined"), "住院管理类基础报销比例")
    assert field.missing
    assert "第六条（三）第1句第1分句" in field.asked_by


def test_facts_that_decided_nothing_are_not_read() -> None:
    shown = case("fumeng-2022", "a-county-stay")
    assert not field_of(shown, "参保年度").missing
    assert field_of(shown, "人员类别").read
    assert not field_of(shown, "病床日定额救助标准").read


def test_groups_of_the_form_follow_the_vocabulary() -> None:
    groups = [f.group for f in case("fumeng-2022", "a-county-stay").fields]
    assert sorted(groups, key=list(Group).index) == groups
    assert set(Group) == set(groups)


# --- the reasoning


def unfolded(shown: Case, limit: int = 4000) -> list[Step]:
    assert shown.explanation
    waiting, seen = list(trace(shown.explanation)), []
    while waiting and len(seen) < limit:
        step = waiting.pop(0)
        seen.append(step)
        waiting += below(shown.explanation, step)
    return seen


@pytest.mark.parametrize("key", KEYS)
def test_every_sample_can_be_unfolded_and_keys_are_unique(key: str) -> None:
    for sample in samples(key):
        steps = unfolded(case(key, sample.name))
        assert len(steps) == len({s.key for s in steps})


def test_a_row_opens_exactly_when_something_is_under_it() -> None:
    shown = case("fumeng-2022", "b-two-stays")
    assert shown.explanation
    assert [] == [s.key for s in unfolded(shown) if s.opens != bool(below(shown.explanation, s))]


def test_the_four_states_are_told_apart() -> None:
    steps = [s for name in ("c-undetermined", "e-fixed-daily-rate") for s in unfolded(case("fumeng-2022", name))]
    assert set(Sign) == {s.sign for s in steps}


def test_refused_statements_give_a_reason() -> None:
    refused = [s for s in unfolded(case("fumeng-2022", "a-county-stay")) if s.part is Part.UNFIRED]
    assert refused
    assert all(s.head and s.tail for s in refused)


# --- the notice


def test_the_words_lit_are_the_words_quoted() -> None:
    for key in KEYS:
        shown = case(key, samples(key)[0].name)
        printed = paragraphs(shown.policy.notice)
        for step in unfolded(shown):
            for anchor in (a for a in step.anchors if a.end):
                spans = [(i, span) for i, spans in lit(printed, [anchor]).items() for span in spans]
                assert 1 == len(spans)
                index, (start, end) = spans[0]
                assert anchor.quote == printed[index].text[start:end]
