"""Keys and edits that come faster than the screen shows them, errors that come together, and the colours."""

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from textual.color import Color
from textual.events import Key
from textual.pilot import Pilot
from textual.theme import Theme
from textual.widgets import OptionList

from corpus.workspace import Workspace
from tui.dump import screen_text, settle
from tui.screens.assess import AssessScreen
from tui.screens.themes import OWN, THEMES
from tui.screens.youju import YoujuApp, application
from tui.widgets.fields import TextField
from tui.widgets.form import FieldRow

ROOT = Path(__file__).resolve().parents[2]
PRESSES = 15


def opened() -> YoujuApp:
    app, message = application("fumeng-2022", "a-county-stay")
    assert app, message
    return app


def type_into(screen: AssessScreen, text: str) -> None:
    for row in list(screen.query(FieldRow)):
        if isinstance(row.editor, TextField):
            row.editor.value = text
            row.editor.tell()


@pytest.mark.parametrize("seconds", [0, 0.02, 0.1])
def test_keys_and_edits_in_a_burst_leave_one_claim_on_the_screen(seconds: float) -> None:
    async def run() -> None:
        app, keys = opened(), Workspace.open().keys()
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            screen = app.screen
            assert isinstance(screen, AssessScreen)
            for number in range(PRESSES):
                for key, character in (("f8", None), ("n", "n"), ("right_square_bracket", "]"), ("f4", None)):
                    app.post_message(Key(key, character))
                type_into(screen, str(number))
                await asyncio.sleep(seconds)
            for _ in range(4):
                await pilot.pause(0.2)
            assert keys[(keys.index("fumeng-2022") + PRESSES) % len(keys)] == screen.case.policy.key
            assert list(screen.case.fields) == [row.field for row in screen.query(FieldRow)]

    asyncio.run(run())


TWO_ERRORS = """
import sys
from textual.drivers.headless_driver import HeadlessDriver
from tui.screens.youju import application
app, _ = application()
app.driver_class = HeadlessDriver
def fail():
    for error in (KeyError("王小明"), ValueError("王小明")):
        app._handle_exception(error)
app.call_later(fail)
app.run(headless=True)
sys.exit(app.return_code)
"""


def test_of_errors_that_come_together_the_first_is_told_and_nothing_in_english() -> None:
    done = subprocess.run([sys.executable, "-c", TWO_ERRORS], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert 70 == done.returncode
    assert 1 == done.stderr.count("有据出错，已退出（代码 KeyError@")
    assert not [word for word in ("NOTE", "王小明", "Traceback") if word in done.stderr + done.stdout]


# --- colours


async def ask_for_colours(app: YoujuApp, pilot: Pilot[Any]) -> OptionList:
    await settle(pilot)
    app.search_themes()
    await settle(pilot)
    return app.screen.query_one(OptionList)


def test_the_colours_are_offered_in_chinese_and_put_on() -> None:
    async def run() -> None:
        app = opened()
        async with app.run_test(size=(120, 40)) as pilot:
            options = await ask_for_colours(app, pilot)
            shown = screen_text(app)
            assert all(said in shown for said in ("换颜色主题", "高对比，黑底", "高对比，白底", "浅色"))
            options.highlighted = [said for _, said in THEMES].index("高对比，白底")
            await pilot.press("enter")
            await settle(pilot)
            assert ("youju-white", "#FFFFFF") == (app.theme, Color.parse(app.theme_variables["background"]).hex)

    asyncio.run(run())


def test_every_colour_theme_offered_exists() -> None:
    assert [] == [name for name, _ in THEMES if name not in opened().available_themes]


def brightness(colour: Color) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [c / 255 for c in colour.rgb]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((brightness(Color.parse(one)), brightness(Color.parse(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", OWN, ids=lambda t: t.name)
@pytest.mark.parametrize("words", ["foreground", "text-muted", "text-disabled", "text-warning", "text-error", "text-success"])
@pytest.mark.parametrize("ground", ["background", "surface"])
def test_words_stand_out_seven_to_one_where_contrast_is_high(theme: Theme, words: str, ground: str) -> None:
    colours = theme.to_color_system().generate()
    assert contrast(colours[words], colours[ground]) >= 7
