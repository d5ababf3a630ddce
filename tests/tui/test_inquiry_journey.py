"""The dispute: a payment is missing; why, by how much, what would change it; the change supposed, and kept."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from tui.dump import screen_text, settle
from tui.screens.assess import AssessScreen
from tui.screens.whatif import WhatIfScreen
from tui.screens.whynot import EntryRows, RemedyRows, WhyNotScreen
from tui.screens.youju import application
from tui.widgets.form import FieldRow
from tui.widgets.source_pane import SourcePane

Walk = Callable[[Pilot[Any], AssessScreen], Awaitable[None]]


def walk(steps: Walk, size: tuple[int, int], policy: str = "fumeng-2022", sample: str = "a-county-stay") -> None:
    async def run() -> None:
        app, message = application(policy, sample)
        assert app, message
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            assert isinstance(app.screen, AssessScreen)
            await steps(pilot, app.screen)

    asyncio.run(run())


async def press(pilot: Pilot[Any], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)
        await pilot.app.workers.wait_for_complete()
        await settle(pilot)


async def ask(pilot: Pilot[Any], outcome: str) -> WhyNotScreen:
    await press(pilot, "f7")
    why = pilot.app.screen
    assert isinstance(why, WhyNotScreen)
    rows = why.query_one(EntryRows)
    rows.move_to(next(i for i, r in enumerate(rows.rows) if r.outcome == outcome))
    await settle(pilot)
    await pilot.app.workers.wait_for_complete()
    await settle(pilot)
    return why


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["wide", "narrow"])
def test_a_missing_payment_is_asked_about_and_the_change_supposed_and_kept(size: tuple[int, int]) -> None:
    async def steps(pilot: Pilot[Any], screen: AssessScreen) -> None:
        why = await ask(pilot, "倾斜救助")
        shown = screen_text(pilot.app)
        assert "877.50元 未超过" in shown and "差 2,122.50元" in shown
        assert why.query_one(RemedyRows).remedies
        await press(pilot, "f6")
        supposing = pilot.app.screen
        assert isinstance(supposing, WhatIfScreen)
        shown = screen_text(pilot.app)
        assert "改了：人员类别 低保对象 → 特困人员" in shown
        assert "+614.25" in shown and "倾斜救助 随 政策范围内费用" in shown
        assert "低保对象" == screen.case.data["就诊"][0]["人员类别"]
        await press(pilot, "r")
        assert "改了" not in screen_text(pilot.app)
        await press(pilot, "escape")
        assert pilot.app.screen is screen
        await ask(pilot, "倾斜救助")
        await press(pilot, "f6", "s")
        assert pilot.app.screen is screen
        assert "特困人员" == screen.case.data["就诊"][0]["人员类别"]
        assert "614.25" in screen_text(pilot.app)
        await press(pilot, "z")
        assert "低保对象" == screen.case.data["就诊"][0]["人员类别"]

    walk(steps, size)


def test_enter_leads_to_the_words_of_the_notice() -> None:
    async def steps(pilot: Pilot[Any], screen: AssessScreen) -> None:
        await press(pilot, "f7", "end", "enter")
        assert pilot.app.screen is screen
        assert isinstance(screen.focused, SourcePane)

    walk(steps, (120, 40))


def test_facts_are_changed_on_the_copy_and_amounts_follow() -> None:
    async def steps(pilot: Pilot[Any], screen: AssessScreen) -> None:
        await press(pilot, "f6", "f2")
        supposing = pilot.app.screen
        row = next(r for r in supposing.query(FieldRow) if r.field.term.name == "转诊情况")
        row.editor.focus()
        await press(pilot, "right")
        assert "改了：转诊情况" in screen_text(pilot.app)
        await press(pilot, "escape", "f9", "down", "enter")
        assert "医疗救助合计 随" in screen_text(pilot.app)
        await press(pilot, "escape")
        assert pilot.app.screen is screen

    walk(steps, (120, 40))


def test_a_claim_that_cannot_be_read_is_not_asked_about() -> None:
    async def steps(pilot: Pilot[Any], screen: AssessScreen) -> None:
        row = next(r for r in screen.query(FieldRow) if r.field.term.name == "医疗总费用")
        screen.desk.edit(row.field, "很多")
        await press(pilot, "f7", "f6")
        assert pilot.app.screen is screen

    walk(steps, (120, 40))
