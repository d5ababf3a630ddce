"""对比 as a person uses it, key by key."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import OptionList

from grammar.source import UNSEEN
from tui.compare.lines import Part
from tui.compare.pairs import Pair
from tui.compare.table import ComparisonTable, SourceScreen
from tui.dump import screen_text, settle
from tui.screens.case import opened
from tui.screens.compare import CompareScreen
from tui.screens.picker import Picker
from tui.screens.samples import Sample
from tui.screens.youju import YoujuApp, application

Walk = Callable[[Pilot[Any], YoujuApp, CompareScreen], Awaitable[None]]
HOSTILE = "[/red]\x1b]52;c;eA==\x07\x9b2J\u202e01[@click=app.quit]点"


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_HOME", str(tmp_path / "家"))
    monkeypatch.chdir(tmp_path)


def walk(policy: str, sample: str, steps: Walk, size: tuple[int, int] = (120, 40)) -> None:
    async def run() -> None:
        app, message = application(policy, sample)
        assert app, message
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            await pressed(pilot, "5")
            screen = app.screen
            assert isinstance(screen, CompareScreen)
            await steps(pilot, app, screen)
            assert app.is_running

    asyncio.run(run())


async def pressed(pilot: Pilot[Any], *keys: str) -> str:
    """A dialog that waits for an answer is a worker that never ends, so that only what reckons is waited for."""
    for key in keys:
        before = pilot.app.screen
        await pilot.press(key)
        for _ in range(400):
            await settle(pilot)
            asking = isinstance(pilot.app.screen, ModalScreen) and pilot.app.screen is not before
            if asking or not [w for w in pilot.app.workers if w.group == "compare" and not w.is_finished]:
                break
            await asyncio.sleep(0.02)
        await settle(pilot)
    return screen_text(pilot.app)


async def picked(pilot: Pilot[Any], *wanted: str) -> str:
    """From one list after the other the first option that holds the words."""
    shown = ""
    for words in wanted:
        assert isinstance(pilot.app.screen, Picker), type(pilot.app.screen)
        at = next(i for i, option in enumerate(pilot.app.screen.options) if words in option)
        pilot.app.screen.query_one(OptionList).highlighted = at
        shown = await pressed(pilot, "enter")
    return shown


def test_two_readings_are_compared_taken_apart_and_handed_over(tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any], app: YoujuApp, screen: CompareScreen) -> None:
        table = screen.query_one(ComparisonTable)
        await pressed(pilot, "f8")
        shown = await picked(pilot, "默认读法", "C 起付线3750元、比例90%")
        assert "默认读法 ⇄ AY18-Q01 取“C 起付线3750元、比例90%”" in shown
        assert table.row and "大病保险累计应付" == table.row.cells[0] and "◆" == table.row.mark
        assert "二（四）第1句" in shown and "153.00" in shown
        assert app.desk.log[-1].endswith("--all-readings")
        await pressed(pilot, "enter")
        assert isinstance(app.screen, SourceScreen)
        assert "大病保险起付线下降50%" in screen_text(app).replace(" ", "").replace("│", "").replace("\n", "")
        await pressed(pilot, "escape", "home", "d")
        assert "补充保险支付" in (await pressed(pilot, "down", "space"))
        assert ("补充保险支付", True) == (screen.chosen_outcome, screen.only)
        steps_shown = [row for row in table.rows if row.part is Part.STEP and not row.head]
        assert ["-137.70"] == [row.cells[1] for row in steps_shown]
        before = table.cursor
        await pressed(pilot, "n", "N")
        assert before == table.cursor
        shown = await pressed(pilot, "end", "N")
        assert "改之前" in shown and table.row and table.row.part is Part.STEP
        await pressed(pilot, "e", "enter")
        assert "补充保险支付" in (tmp_path / "对比.md").read_text(encoding="utf-8")

    walk("anyi-2018", "a-county-stay", steps)


def test_visits_policies_and_claims_can_be_chosen() -> None:
    async def steps(pilot: Pilot[Any], app: YoujuApp, screen: CompareScreen) -> None:
        assert screen.pair and screen.pair.partings
        here = screen.pair.first.case.visit
        await pressed(pilot, "right_square_bracket")
        assert 1 - here == screen.pair.first.case.visit
        await pressed(pilot, "f8")
        shown = await picked(pilot, "两次就诊", "第1笔", "第2笔")
        assert "第1笔就诊 ⇄ 第2笔就诊" in shown and 96_000 == screen.pair.difference("基本救助")
        await pressed(pilot, "f8")
        shown = await picked(pilot, "对调")
        assert "第2笔就诊 ⇄ 第1笔就诊" in shown and -96_000 == screen.pair.difference("基本救助")
        await pressed(pilot, "f8")
        await picked(pilot, "另一个政策", "linxi-2017")
        assert isinstance(screen.pair, Pair) and screen.pair.note
        await pressed(pilot, "f8")
        await picked(pilot, "另一笔申报", "")
        assert screen.pair.first.case.policy is screen.pair.second.case.policy

    walk("fumeng-2022", "b-two-stays", steps, (80, 24))


def test_hostile_claims_are_inert() -> None:
    async def steps(pilot: Pilot[Any], app: YoujuApp, screen: CompareScreen) -> None:
        assert screen.pair is None and "已登记的读法都不改变" in screen_text(app)
        await pressed(pilot, "n", "d", "d", "enter", "space", "e", "right_square_bracket", "1")
        data = app.desk.case.data
        visit = data["就诊"][0] | {"诊断": "[@click=app.quit]肺炎[/red]"}
        app.desk.case = opened(app.desk.case.policy, Sample("fumeng-2022", HOSTILE, HOSTILE, data | {"就诊": [visit]}))
        await pressed(pilot, "5", "f8")
        await picked(pilot, "另一笔申报", "")
        assert screen.pair and HOSTILE == screen.pair.first.title
        for _ in range(len(screen.query_one(ComparisonTable).rows)):
            assert not UNSEEN.search((await pressed(pilot, "n")).replace("\n", ""))

    walk("fumeng-2022", "a-county-stay", steps)
