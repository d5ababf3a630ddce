"""检索 as a person uses it, key by key."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key, Paste
from textual.pilot import Pilot
from textual.widgets import Input

from corpus.own import make_private, store_path
from corpus.store import Source, Store, add_notice, close_store, open_store
from grammar.source import UNSEEN
from interpreter.notice import Notice, Unit, UnitKind
from tui.dump import screen_text, settle
from tui.screens.draft import DraftScreen
from tui.screens.search import SearchScreen
from tui.screens.youju import YoujuApp, application
from tui.search.clause import ClauseScreen
from tui.search.lists import CitingList, HitList
from tui.widgets.source_pane import SourcePane

Walk = Callable[[Pilot[Any], SearchScreen], Awaitable[None]]
HOSTILE = (
    *("诊断[/red]麒麟", "[red]麒麟[/]", "[@click=app.quit]麒麟[/]", "麒麟$error [type=x, v={'a[0]'}]"),
    *("麒麟\x1b]52;c;eA==\x07", "麒麟\x9b2J\u202e01"),
)


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_HOME", str(tmp_path))


def walk(steps: Walk, size: tuple[int, int] = (120, 40)) -> None:
    async def run() -> None:
        app, message = application("fumeng-2022", "a-county-stay")
        assert app, message
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            await pilot.press("3")
            await settle(pilot)
            assert isinstance(app.screen, SearchScreen)
            await steps(pilot, app.screen)

    asyncio.run(run())


async def asked(pilot: Pilot[Any], text: str) -> None:
    """Typed into the field as an input method commits it, and sent off."""
    pilot.app.screen.query_one("#query", Input).value = ""
    await pilot.press("slash") if not isinstance(pilot.app.focused, Input) else None
    for character in text:
        pilot.app.screen.query_one("#query").post_message(Key(character, character))
    await pilot.press("enter")
    await pilot.app.workers.wait_for_complete()
    await settle(pilot)
    await pilot.app.workers.wait_for_complete()
    await settle(pilot)


def test_from_a_word_to_the_clause_that_cites_its_sentence() -> None:
    async def steps(pilot: Pilot[Any], screen: SearchScreen) -> None:
        assert "都要出现" in screen_text(pilot.app)
        await asked(pilot, "床日")
        shown = screen_text(pilot.app)
        assert "命中 1 段／1 篇" in shown and "● 二（二）2第3款第1句" in shown and "[床日]" in shown
        assert screen.query_one(SourcePane).lit
        await pilot.press("enter")
        assert isinstance(pilot.app.focused, CitingList)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ClauseScreen)
        shown = screen_text(pilot.app)
        assert all(said in shown for said in ("原文　二（二）2第3款第1句", "写作　policies/fumeng-2022", "读作", "按病床日定额救助"))
        await pilot.press("escape", "escape", "y")
        await settle(pilot)
        assert pilot.app.clipboard.startswith("《阜蒙县") and pilot.app.clipboard.endswith("（fumeng-2022/二/(二)/2/p3/s1）")
        await pilot.press("enter", "g")
        await pilot.app.workers.wait_for_complete()
        await settle(pilot)
        assert isinstance(pilot.app.screen, DraftScreen) and pilot.app.screen.stack
        area = pilot.app.screen.stack.area
        assert "病床日定额救助" in area.document.get_line(area.cursor_location[0])
        assert ["youju corpus search -- '床日'"] == [line for line in screen.desk.log if "search" in line]

    walk(steps)


def test_what_is_not_found_or_cannot_be_asked_is_said() -> None:
    async def steps(pilot: Pilot[Any], screen: SearchScreen) -> None:
        for typed, said in (("麒麟", "没有哪一段写着“麒麟”"), ("-门诊", "还要写一个要找的词"), ("医" * 201, "检索词太长"), (" ", "都要出现")):
            await asked(pilot, typed)
            assert said in screen.query_one(HitList).empty
            assert said[:4] in screen_text(pilot.app)
            assert not screen.query_one(HitList).count
        await pilot.press("escape", "y", "enter", "o", "n", "down", "end")
        await settle(pilot)
        await asked(pilot, "医")
        assert "命中 " in screen_text(pilot.app) and screen.query_one(HitList).count

    walk(steps, (80, 24))


def test_the_cursor_stands_on_hits_and_goes_from_notice_to_notice() -> None:
    async def steps(pilot: Pilot[Any], screen: SearchScreen) -> None:
        await asked(pilot, "住院")
        hits = screen.query_one(HitList)
        keys = list(dict.fromkeys(row.key for row in hits.rows))
        assert len(keys) > 2
        for key in keys[1:]:
            await pilot.press("n")
            assert hits.current and key == hits.current.key
        await pilot.press("N", "up", "down", "end", "down")
        assert hits.current and hits.cursor == hits.count - 1
        await pilot.press("home", "up")
        assert 1 == hits.cursor and 0 == hits.scroll_offset.y
        await pilot.press("pagedown")
        await pilot.app.workers.wait_for_complete()
        await settle(pilot)
        assert hits.current and hits.current.hit
        assert hits.current.key == screen.open_notice.key  # type: ignore[union-attr]

    walk(steps, (80, 24))


def test_a_notice_added_meanwhile_is_found_and_hostile_text_is_inert() -> None:
    async def steps(pilot: Pilot[Any], screen: SearchScreen) -> None:
        await asked(pilot, "麒麟")
        assert "没有哪一段" in screen_text(pilot.app)
        add_hostile()
        await pilot.press("escape", "1")
        await settle(pilot)
        await pilot.press("3")
        await settle(pilot)
        await asked(pilot, "麒 麟")
        for _ in HOSTILE:
            await pilot.press("down")
            await pilot.app.workers.wait_for_complete()
            await settle(pilot)
            shown = screen_text(pilot.app)
            assert not UNSEEN.search(shown.replace("\n", ""))
            assert "[red]" in shown and "没有政策编码这份通知" in shown
        await pilot.press("y", "enter", "slash")
        for payload in HOSTILE:
            screen.query_one("#query").post_message(Paste(payload))
        await pilot.press("enter")
        await pilot.app.workers.wait_for_complete()
        await settle(pilot)
        assert not UNSEEN.search(screen_text(pilot.app).replace("\n", ""))

    walk(steps)


def add_hostile() -> None:
    make_private(store_path())
    store = open_store(str(store_path()))
    assert isinstance(store, Store)
    units = tuple(Unit(f"[red]敌/{n}[/red]/s1", UnitKind.SENTENCE, text, n, n) for n, text in enumerate(HOSTILE, 1))
    add_notice(store, Notice("[red]敌", "题[/red]名[@click=app.quit]", units), Source("a", "a", "2026-11-24"))
    close_store(store)


def test_a_broken_store_of_ones_own_is_told_and_does_not_stop_the_search() -> None:
    async def steps(pilot: Pilot[Any], screen: SearchScreen) -> None:
        make_private(store_path())
        store_path().write_bytes(b"x" * 5000)
        await asked(pilot, "住院")
        shown = screen_text(pilot.app)
        assert "不是本系统建立" in shown and "命中 " in shown

    walk(steps)


def test_every_key_while_searching_leaves_the_application_running() -> None:
    async def steps(pilot: Pilot[Any], screen: SearchScreen) -> None:
        app = pilot.app
        assert isinstance(app, YoujuApp)
        field = screen.query_one("#query", Input)
        for text in ("医", "医疗", "医疗救", "", "-", "住院", "住 -院"):
            field.value = text
            screen.search()
            await pilot.press("enter", "down", "n", "tab", "slash")
        await pilot.press("alt+4", "alt+3")
        await app.workers.wait_for_complete()
        await settle(pilot)
        assert app.is_running and isinstance(app.screen, SearchScreen)

    walk(steps)
