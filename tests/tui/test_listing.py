"""Fields of several values as sheets: what stands in the claim comes back as it was, what is typed is judged by the reader of claims."""

import pytest

from corpus.workspace import Workspace
from tui.claims.listing import Sheet, cell_fault, filed_sheet, sheet_fault, sheet_of
from tui.screens.case import Case, edited, open_case
from tui.screens.samples import samples
from tui.widgets.field_rows import Field

WORKSPACE = Workspace.open()


def field_of(policy: str, sample: str, name: str) -> tuple[Case, Field]:
    case, message = open_case(WORKSPACE, policy, sample)
    assert case, message
    return case, next(f for f in case.fields if f.term.name == name)


def costs() -> tuple[Case, Field, Sheet]:
    case, field = field_of("fumeng-2022", "d-twelve-months", "费用")
    sheet = sheet_of(case.policy, field)
    assert sheet
    return case, field, sheet


@pytest.mark.parametrize("policy", WORKSPACE.keys())
def test_what_stands_in_a_claim_comes_back_as_it_was(policy: str) -> None:
    for sample in samples(policy):
        case, _ = open_case(WORKSPACE, policy, sample.name)
        assert case
        for field in (f for f in case.fields if f.is_list and f.raw is not None):
            sheet = sheet_of(case.policy, field)
            assert sheet and not sheet_fault(case.policy, field, sheet)
            assert field.raw == filed_sheet(case.policy, field, sheet)


def test_the_columns_of_a_list_are_what_an_item_may_hold() -> None:
    assert ("费用日期", "就医类型", "政策范围内费用", "基本医保支付", "大病保险支付") == costs()[2].columns


def test_a_row_is_added_filled_and_taken_away_and_the_claim_is_decided() -> None:
    case, field, sheet = costs()
    more = sheet.with_row(1)
    assert field.raw == filed_sheet(case.policy, field, more)
    for column, text in enumerate(("2024-01-05", "住院", "１，０００", "600", "")):
        more = more.with_cell(1, column, text)
    raw = filed_sheet(case.policy, field, more)
    assert {"费用日期": "2024-01-05", "就医类型": "住院", "政策范围内费用": "１，０００", "基本医保支付": "600"} == raw[1]
    after = edited(case, field, raw)
    assert not after.faults and after.decision
    assert field.raw == filed_sheet(case.policy, field, more.without_row(1))


def test_a_slip_is_told_by_row_and_column_and_by_cell() -> None:
    case, field, sheet = costs()
    wrong = sheet.with_cell(3, 2, "一百")
    assert "不是金额" in cell_fault(case.policy, field, wrong, 3, 2)
    assert "" == cell_fault(case.policy, field, wrong, 3, 1)
    assert sheet_fault(case.policy, field, wrong).startswith("第4行“政策范围内费用”不是金额")


def test_a_list_with_nothing_in_it_is_unknown() -> None:
    case, field, sheet = costs()
    assert filed_sheet(case.policy, field, Sheet(sheet.columns, (("",) * 5,))) is None
    empty = next(f for f in edited(case, field, None).fields if f.term.name == "费用")
    assert () == (sheet_of(case.policy, empty) or sheet).rows


def test_a_table_by_category_has_a_row_for_each_member() -> None:
    case, field = field_of("gansu-2018", "a-county-stay", "基本医保起付线")
    sheet = sheet_of(case.policy, field)
    assert sheet and sheet.fixed
    assert case.policy.compiled().book.term["医院级别"].members == tuple(row[0] for row in sheet.rows)
    assert "不是金额" in sheet_fault(case.policy, field, sheet.with_cell(0, 1, "x"))
    assert sheet.rows[0][0] not in filed_sheet(case.policy, field, sheet.with_cell(0, 1, ""))


def test_bands_are_judged_as_a_whole() -> None:
    case, field = field_of("gansu-2018", "a-county-stay", "大病保险分段")
    sheet = sheet_of(case.policy, field)
    assert sheet and filed_sheet(case.policy, field, sheet)[-1][1] is None
    assert "第2段应当从" in sheet_fault(case.policy, field, sheet.with_cell(1, 0, "9999"))


@pytest.mark.parametrize("raw", ["x", [1], [{"没有": 1}], [["a"]]])
def test_what_is_no_list_of_its_kind_is_only_looked_at(raw: object) -> None:
    case, field, _ = costs()
    other = next(f for f in edited(case, field, raw).fields if f.term.name == "费用")
    assert sheet_of(case.policy, other) is None


@pytest.mark.parametrize("room", [20, 60, 116])
def test_columns_are_as_wide_as_their_widest_cell(room: int) -> None:
    sheet = costs()[2]
    assert all(w >= len("2023-05-09") for w in sheet.widths(room)[:1])
    assert sum(sheet.widths(116)) + 2 * 5 <= 116
