"""What others wrote, faults of ours and a missing terminal leave the drafting place standing."""

from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from tests.tui.test_draft_journeys import area, begun, checked, folder, shows, typed, walk
from tests.tui.test_screen_hostile import PAYLOADS, UNSEEN, painted
from tui.dump import screen_text
from tui.screens.draft import DraftScreen

__all__ = ["folder"]


def test_hostile_text_is_inert_in_the_drafting_place() -> None:
    async def steps(pilot: Pilot[Any], screen: DraftScreen) -> None:
        for number, payload in enumerate(PAYLOADS):
            folder = Path(f"坏{number}")
            folder.mkdir()
            (folder / "坏.policy").write_text(
                f"政策：{payload}\n原文：坏\n【术语】\n甲{payload}，金额，填报。\n【条款 {payload}】\n释义：{payload}。\n", encoding="utf-8"
            )
            (folder / "坏.txt").write_text(f"题\n一、{payload}\n（一）{payload}。\n", encoding="utf-8")
            await screen.open_policy(str(folder))
            await checked(pilot)
            area(screen).post_message(Paste(payload))
            await checked(pilot)
            assert not UNSEEN.search(painted(pilot.app))
            await pilot.press("f8", "f9", "f4", "f6")
            screen.tell(payload)
            screen.stack.give_up()  # type: ignore[union-attr]
            await pilot.pause(0.1)
            assert not UNSEEN.search(painted(pilot.app))
            assert pilot.app.is_running

    walk(steps)


def test_a_fault_of_ours_while_checking_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("张三 110101")

    async def steps(pilot: Pilot[Any], screen: DraftScreen) -> None:
        await begun(pilot, screen)
        monkeypatch.setattr("tui.draft.bench.analyse", broken)
        await typed(pilot, "甲")
        await shows(pilot, "检查没有做完")
        assert "张三" not in screen_text(pilot.app)
        assert "甲" in area(screen).text and pilot.app.is_running

    walk(steps)


def test_the_persons_own_editor_is_not_started_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "false")

    async def steps(pilot: Pilot[Any], screen: DraftScreen) -> None:
        await begun(pilot, screen)
        await pilot.press("ctrl+e")
        await shows(pilot, "这里不能打开外部编辑器")
        assert not screen.stack.unsaved  # type: ignore[union-attr]

    walk(steps)
