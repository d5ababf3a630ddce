"""A learner does a sheet of ten, key by key: some right, some wrong, with hints, a variant, the stage, and the score sheet written to a file."""

import asyncio
import os
import stat
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from corpus.marking import FULL
from grammar.literals import money_text
from grammar.source import UNSEEN
from tests.corpus.test_exercises import policy as small_policy
from tests.tui.test_screen_golden import GOLDEN
from tests.tui.test_screen_hostile import PAYLOADS, painted
from tests.tui.test_screen_journeys import typed
from tui.dump import screen_text, settle
from tui.screens.train import TrainScreen
from tui.screens.youju import application
from tui.train.clause_picker import ClausePicker
from tui.train.scores import ScoresScreen
from tui.train.stage import StageScreen

Walk = Callable[[Pilot[Any], TrainScreen], Awaitable[None]]


def walk(steps: Walk, size: tuple[int, int]) -> None:
    async def run() -> None:
        app, message = application("linxi-2017")
        assert app, message
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            await pilot.press("6")
            await settle(pilot)
            screen = app.screen
            assert isinstance(screen, TrainScreen)
            await until(pilot, lambda: bool(screen.session and screen.session.complete))
            await steps(pilot, screen)

    asyncio.run(run())


async def until(pilot: Pilot[Any], holds: Callable[[], bool]) -> None:
    for _ in range(600):
        if holds():
            break
        await pilot.pause(0.05)
    assert holds()
    await settle(pilot)


async def answer(pilot: Pilot[Any], screen: TrainScreen, right: bool) -> None:
    """Types an amount and ticks the clauses that decide (or the first of the list), then hands in."""
    assert screen.session and screen.session.entry
    exercise = screen.session.entry.exercise
    wanted = exercise.answer if right else (exercise.answer or 0) + 12_345
    await pilot.press("f2")
    await typed(pilot, "待定" if wanted is None else money_text(wanted))
    await pilot.press("enter", "enter")
    await settle(pilot)
    picker = pilot.app.screen
    assert isinstance(picker, ClausePicker)
    for at, title in enumerate(picker.titles):
        if title in exercise.required if right else at == 0:
            await pilot.press("space")
        await pilot.press("down")
    await pilot.press("enter")
    await settle(pilot)
    await pilot.press("f5")
    await until(pilot, lambda: right or bool(screen.session and screen.session.entry and screen.session.entry.slips is not None))


@pytest.mark.parametrize("size", [pytest.param((120, 40), marks=pytest.mark.slow), (80, 24)], ids=["wide", "narrow"])
def test_ten_exercises_and_a_score_sheet(size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    async def steps(pilot: Pilot[Any], screen: TrainScreen) -> None:
        assert screen.session
        for number in range(10):
            assert f"第{number + 1}题" in screen_text(pilot.app)
            if number == 1:
                await pilot.press("f3", "f3")
                await settle(pilot)
                assert "提示1（−1分）" in screen_text(pilot.app)
            if number == 4:
                await pilot.press("f8")
                await settle(pilot)
                continue
            await answer(pilot, screen, right=number % 3 != 2)
            shown = screen_text(pilot.app)
            assert ("✗ 金额不对" if number % 3 == 2 else "✓ 金额对") in shown
            await pilot.press("f8")
            await settle(pilot)
        scores = pilot.app.screen
        assert isinstance(scores, ScoresScreen)
        # seven times 1,2,4,5,7,8,10 minus the skipped fifth = six right ones, the second with both hints
        assert 6 * FULL - 3 == sum(e.points for i, e in enumerate(screen.session.entries) if i % 3 != 2)
        assert "未答" in screen_text(pilot.app)
        await pilot.press("tab")
        await typed(pilot, "=小李")
        await pilot.press("tab")
        scores.query_one("#path").value = str(tmp_path / "成绩.csv")  # type: ignore[attr-defined]
        await pilot.press("f9")
        await settle(pilot)
        assert "已写到" in screen_text(pilot.app)
        written = (tmp_path / "成绩.csv").read_text(encoding="utf-8-sig")
        assert "学员,'=小李" in written and f"{screen.session.points}/100" in written
        assert 0o600 == stat.S_IMODE((tmp_path / "成绩.csv").stat().st_mode)
        await pilot.press("f9")
        await settle(pilot)
        assert "再按一次 F9 覆盖" in screen_text(pilot.app)
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is screen

    walk(steps, size)


@pytest.mark.parametrize("size", [(120, 40), pytest.param((80, 24), marks=pytest.mark.slow)], ids=["wide", "narrow"])
def test_hints_variants_the_stage_and_the_notice(size: tuple[int, int]) -> None:
    async def steps(pilot: Pilot[Any], screen: TrainScreen) -> None:
        assert screen.session
        await pilot.press("f8")
        await answer(pilot, screen, right=True)
        await pilot.press("f6")
        await until(pilot, lambda: bool(screen.session and len(screen.session.entries) == 11))
        assert "2变1" in screen_text(pilot.app)
        await pilot.press("b")
        await settle(pilot)
        assert isinstance(pilot.app.screen, StageScreen)
        assert screen.session.entry and screen.session.entry.is_open
        await pilot.press("space")
        await settle(pilot)
        assert "2/" in screen_text(pilot.app)
        await pilot.press("escape")
        await settle(pilot)
        assert "已讲解，不计分" in screen_text(pilot.app)
        await pilot.press("o")
        await settle(pilot)
        assert "原文　Esc 关闭" in screen_text(pilot.app)
        await pilot.press("escape", "n")
        await until(pilot, lambda: bool(screen.session and screen.session.number == 2 and screen.session.entries))
        assert "第2卷" in screen_text(pilot.app)

    walk(steps, size)


def test_a_clause_is_chosen_and_the_sheet_is_about_it() -> None:
    async def steps(pilot: Pilot[Any], screen: TrainScreen) -> None:
        await pilot.press("t")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        picker = pilot.app.screen
        assert isinstance(picker, ClausePicker)
        await pilot.press("slash")
        await typed(pilot, "二次补偿")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: bool(screen.session and screen.session.topic and screen.session.entries))
        assert screen.session and screen.session.entry
        assert screen.session.topic == screen.session.entry.exercise.topic

    walk(steps, (120, 40))


def test_an_empty_or_unreadable_amount_is_not_handed_in_and_keys_in_a_burst_do_no_harm() -> None:
    async def steps(pilot: Pilot[Any], screen: TrainScreen) -> None:
        await pilot.press("f5")
        await settle(pilot)
        assert screen.session and screen.session.entry and screen.session.entry.is_open
        await typed(pilot, "一百")
        await pilot.press("f5")
        await settle(pilot)
        assert screen.session.entry.is_open
        await pilot.press("escape", *("f8", "f3", "f7", "f6", "n", "]", "[", "f8") * 4)
        await settle(pilot)
        assert pilot.app.is_running

    walk(steps, (80, 24))


def test_hostile_text_stays_inert_in_answers_and_names() -> None:
    async def steps(pilot: Pilot[Any], screen: TrainScreen) -> None:
        for payload in PAYLOADS:
            field = screen.query_one("#amount")
            field.value = payload  # type: ignore[attr-defined]
            await settle(pilot)
            assert not UNSEEN.search(painted(pilot.app).replace("\n", ""))
        screen.learner = PAYLOADS[4] + PAYLOADS[6]
        await pilot.press("escape", "alt+l")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ScoresScreen)
        assert not UNSEEN.search(painted(pilot.app).replace("\n", ""))

    walk(steps, (120, 40))


# --- what it looks like, on a policy of four clauses whose cases nobody changes


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["wide", "narrow"])
def test_a_screen_is_as_accepted(size: tuple[int, int]) -> None:
    async def steps(pilot: Pilot[Any], screen: TrainScreen) -> None:
        screen.begin(small_policy())
        await until(pilot, lambda: bool(screen.session and screen.session.complete and screen.session.policy.key == "小"))
        for name, keys in (("exercise", ()), ("hints", ("f3", "f3")), ("marked", ("f2", *"780", "f5")), ("scores", ("alt+l",))):
            await pilot.press(*keys)
            if name == "marked":
                await until(pilot, lambda: bool(screen.session and screen.session.entries[0].slips is not None))
            await settle(pilot)
            shown = "\n".join(line for line in screen_text(pilot.app).splitlines() if "训练成绩-" not in line) + "\n"
            path = GOLDEN / f"train-{name}-{size[0]}.txt"
            if os.environ.get("YOUJU_ACCEPT"):
                path.write_text(shown, encoding="utf-8")
            assert path.read_text(encoding="utf-8") == shown

    walk(steps, size)


def test_the_palette_offers_what_the_keys_do() -> None:
    async def steps(pilot: Pilot[Any], screen: TrainScreen) -> None:
        assert screen.session
        offered = {c.title: c for c in screen.commands()}
        assert {"训练：提交", "训练：换政策和条款", "训练政策：gansu-2018", "训练条款：二次补偿"} <= set(offered)
        await offered["训练：成绩单"].act()  # type: ignore[misc]
        await settle(pilot)
        assert isinstance(pilot.app.screen, ScoresScreen)

    walk(steps, (80, 24))
