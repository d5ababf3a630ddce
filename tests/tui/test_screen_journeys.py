"""What a person does on the first screen, key by key."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.command import CommandList
from textual.events import Key
from textual.pilot import Pilot

from tui.dump import screen_text, settle
from tui.screens.assess import AssessScreen
from tui.screens.help import HelpScreen
from tui.screens.palette import Palette
from tui.screens.places import PLACES
from tui.screens.youju import application
from tui.widgets.bars import TITLES
from tui.widgets.fields import DEBOUNCE, ChoiceField, TextField
from tui.widgets.form import FieldRow
from tui.widgets.source_pane import SourcePane
from tui.widgets.trace_tree import TraceTree

Walk = Callable[[Pilot[Any], AssessScreen], Awaitable[None]]


def walk(steps: Walk, size: tuple[int, int] = (120, 40), policy: str = "fumeng-2022", sample: str = "a-county-stay") -> None:
    async def run() -> None:
        app, message = application(policy, sample)
        assert app, message
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            screen = app.screen
            assert isinstance(screen, AssessScreen)
            await steps(pilot, screen)

    asyncio.run(run())


async def typed(pilot: Pilot[Any], text: str) -> None:
    """As an input method commits text: key events that carry a character. (Pilot's own `press` loses full-width punctuation.)"""
    await pilot.pause()
    assert pilot.app.focused
    for character in text:
        pilot.app.focused.post_message(Key(character, character))
    await pilot.pause(DEBOUNCE * 2)
    await settle(pilot)


def row(screen: AssessScreen, name: str) -> FieldRow:
    return next(r for r in screen.query(FieldRow) if r.field.term.name == name)


def test_it_opens_on_a_decided_claim_with_the_cursor_in_the_reasoning() -> None:
    async def steps(pilot: Pilot[Any], screen: AssessScreen) -> None:
        assert isinstance(screen.focused, TraceTree)
        assert "基本救助 2,047.50" in screen_text(pilot.app)

    walk(steps)


@pytest.mark.parametrize("amount", ["20000", "２００００", "20,000.00", "２０，０００．００"], ids=["plain", "wide", "marks", "wide-marks"])
def test_an_amount_is_edited_and_everything_is_decided_anew(amount: str) -> None:
    async def steps(pilot: Pilot[Any], screen: AssessScreen) -> None:
        field = row(screen, "医疗总费用").editor
        assert isinstance(field, TextField)
        field.focus()
        field.value = ""
        await typed(pilot, amount)
        shown = screen_text(pilot.app)
        assert "贰万元整" in shown
        assert "个人 10,377.50" in shown
        assert amount == field.value

    walk(steps)


def test_what_is_typed_while_the_screen_decides_is_not_lost() -> None:
    async def steps(pilot: Pilot[Any], screen: AssessScreen) -> None:
        field = row(screen, "医疗总费用").editor
        assert isinstance(field, TextField)
        field.focus()
        field.value = ""
        for character in "20,000.00":
            field.post_message(Key(character, character))
            field.tell()
            await pilot.pause(0.01)
        await typed(pilot, "")
        assert "20,000.00" == field.value == screen.case.data["就诊"][0]["医疗总费用"]

    walk(steps)


def test_a_slip_is_answered_and_the_result_is_not_passed_off_as_new() -> None:
    async def steps(pilot: Pilot[Any], screen: AssessScreen) -> None:
        field = row(screen, "医疗总费用").editor
        field.focus()
        await typed(pilot, "x")
        shown = screen_text(pilot.app)
        assert "填报有误" in shown
        assert "不是金额" in shown

    walk(steps)


def test_moving_in_the_reasoning_moves_the_notice() -> None:
    async def steps(pilot: Pilot[Any], screen: AssessScreen) -> None:
        source = screen.query_one(SourcePane)
        places = set()
        for _ in range(8):
            places.add(str(source.border_subtitle))
            await pilot.press("down")
            await settle(pilot)
        assert len(places) >= 4
        assert source.lit

    walk(steps)


def test_what_was_unfolded_stays_unfolded_after_an_edit() -> None:
    async def steps(pilot: Pilot[Any], screen: AssessScreen) -> None:
        tree = screen.query_one(TraceTree)
        await pilot.press("down", "down")
        before = tree.cursor_node.data.key if tree.cursor_node and tree.cursor_node.data else ""
        await pilot.press("right")
        await settle(pilot)
        lines = tree.last_line
        row(screen, "医疗总费用").editor.focus()
        await typed(pilot, "0")
        assert tree.cursor_node and tree.cursor_node.data
        assert before == tree.cursor_node.data.key
        assert lines == tree.last_line

    walk(steps)


def test_a_choice_is_made_from_the_list_and_by_stepping() -> None:
    async def steps(pilot: Pilot[Any], screen: AssessScreen) -> None:
        row(screen, "人员类别").editor.focus()
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        assert "特困人员" == screen.case.data["就诊"][0]["人员类别"]
        yes = row(screen, "是否定点医疗机构").editor
        assert isinstance(yes, ChoiceField)
        yes.focus()
        await pilot.press("backspace")
        await settle(pilot)
        assert "是否定点医疗机构" not in screen.case.data["就诊"][0]
        assert row(screen, "是否定点医疗机构").has_class("-missing")

    walk(steps)


def test_several_categories_are_ticked() -> None:
    async def steps(pilot: Pilot[Any], screen: AssessScreen) -> None:
        row(screen, "人员类别").editor.focus()
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("down", "down", "space", "enter")
        await settle(pilot)
        assert ["低保对象", "孤儿"] == screen.case.data["就诊"][0]["人员类别"]

    walk(steps)


def test_policies_visits_and_samples_are_switched() -> None:
    async def steps(pilot: Pilot[Any], screen: AssessScreen) -> None:
        for key, wanted in (("n", "第1/2笔"), ("】", "第2/2笔"), ("[", "第1/2笔")):
            await pilot.press(key)
            await settle(pilot)
            assert wanted in screen_text(pilot.app).splitlines()[0]
        await pilot.press("f8")
        await settle(pilot)
        assert "fumeng-2022" != screen.case.policy.key
        assert screen.case.place in screen_text(pilot.app).splitlines()[0]

    walk(steps)


def test_an_edit_belongs_to_the_visit_looked_at() -> None:
    async def steps(pilot: Pilot[Any], screen: AssessScreen) -> None:
        field = row(screen, "医疗总费用").editor
        assert isinstance(field, TextField)
        field.focus()
        field.value = "7600"
        await pilot.press("ctrl+pagedown")
        await pilot.pause(DEBOUNCE * 2)
        await settle(pilot)
        assert "5900.00" == field.value
        assert ["7600", "5900.00"] == [v["医疗总费用"] for v in screen.case.data["就诊"]]

    walk(steps, sample="b-two-stays")


def test_help_is_in_chinese_and_begins_with_the_pane_in_use() -> None:
    async def steps(pilot: Pilot[Any], screen: AssessScreen) -> None:
        for pane, key in (("报销瀑布", "f3"), ("原文", "o"), ("推理链", "f4")):
            await pilot.press(key, "？")
            await settle(pilot)
            assert isinstance(pilot.app.screen, HelpScreen)
            lines = screen_text(pilot.app).splitlines()
            top = next(i for i, line in enumerate(lines) if "说明（F1）" in line)
            assert pane in lines[top + 1]
            await pilot.press("escape")
            await settle(pilot)

    walk(steps)


def test_the_palette_finds_commands_by_chinese_words() -> None:
    async def steps(pilot: Pilot[Any], screen: AssessScreen) -> None:
        await pilot.press("ctrl+p")
        await settle(pilot)
        assert isinstance(pilot.app.screen, Palette)
        await pilot.press(*"糖尿病")
        await pilot.pause(0.3)
        assert 1 == pilot.app.screen.query_one(CommandList).option_count
        await pilot.press("enter")
        await pilot.pause(0.3)
        assert "林西门诊慢性病" in screen_text(pilot.app).splitlines()[0]

    walk(steps)


def test_nothing_is_lost_between_the_two_sizes() -> None:
    async def steps(pilot: Pilot[Any], screen: AssessScreen) -> None:
        row(screen, "诊断").editor.focus()
        await typed(pilot, "肺炎")
        await pilot.resize_terminal(80, 24)
        await pilot.press("f4")
        await settle(pilot)
        narrow = screen_text(pilot.app)
        assert "推理链" in narrow and "病例（F2）" not in narrow
        await pilot.press("f2")
        await settle(pilot)
        assert "肺炎" in screen_text(pilot.app)
        await pilot.resize_terminal(120, 40)
        await settle(pilot)
        wide = screen_text(pilot.app)
        assert all(title in wide for title in ("病例（F2）", "报销瀑布", "推理链", "原文", "肺炎"))

    walk(steps)


@pytest.mark.parametrize(("size", "most"), [((120, 40), 8), ((80, 24), 6)], ids=["wide", "narrow"])
def test_the_footer_is_short(size: tuple[int, int], most: int) -> None:
    async def steps(pilot: Pilot[Any], screen: AssessScreen) -> None:
        assert most >= len(screen_text(pilot.app).splitlines()[-1].split("  "))

    walk(steps, size)


def test_the_keys_1_to_6_go_to_the_places_and_come_back_to_the_claim_as_it_was() -> None:
    async def steps(pilot: Pilot[Any], screen: AssessScreen) -> None:
        await pilot.press("right_square_bracket")
        for number, title in enumerate(TITLES, 1):
            await pilot.press(f"alt+{number}")
            await settle(pilot)
            assert f"{number}{title}" in screen_text(pilot.app).splitlines()[0]
            assert number == [e.title for e in PLACES].index(title) + 1
        await pilot.press("alt+1")
        await settle(pilot)
        assert pilot.app.screen is screen
        assert 1 == screen.case.visit

    walk(steps, sample="b-two-stays")


def test_a_place_is_gone_to_from_the_palette_by_pinyin() -> None:
    async def steps(pilot: Pilot[Any], screen: AssessScreen) -> None:
        await pilot.press("ctrl+p")
        await typed(pilot, "qjs")
        await pilot.pause(0.5)
        await pilot.press("down", "enter")
        await settle(pilot)
        assert "3检索" in screen_text(pilot.app).splitlines()[0]

    walk(steps)
