"""`python -m tui.dump`: the screen without a terminal, as plain text or as a picture. For documents and for tests of the layout."""

from __future__ import annotations

import argparse
import asyncio
import io
import sys
from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.segment import Segment
from textual.app import App

from tui.picture import svg
from tui.screens.youju import application


def screen_lines(app: App[Any]) -> list[list[Segment]]:
    """What stands on the screen. The only place that uses Textual's compositor, which is not public."""
    width, height = app.size
    console = Console(width=width, height=height, file=io.StringIO(), force_terminal=True, color_system="truecolor", legacy_windows=False)
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    assert update is not None
    return list(Segment.split_lines(Segment.filter_control(console.render(update))))


def screen_text(app: App[Any]) -> str:
    return "\n".join("".join(segment.text for segment in line).rstrip() for line in screen_lines(app))


def screen_picture(app: App[Any]) -> str:
    return svg(screen_lines(app), f"{app.title}：{app.screen.title or ''}")


Shown = Callable[[App[Any]], str]


async def dump(width: int, height: int, policy: str = "", sample: str = "", keys: tuple[str, ...] = (), shown: Shown = screen_text) -> str:
    """The screen at a size after some keys; `wait` among them waits until what goes on in the background is done."""
    app, message = application(policy, sample)
    if app is None:
        raise LookupError(message)
    async with app.run_test(size=(width, height)) as pilot:
        await settle(pilot)
        for key in keys:
            await (app.workers.wait_for_complete() if key == "wait" else pilot.press(key))
            await settle(pilot)
        return shown(app)


async def settle(pilot: Any) -> None:
    """Until every pane has shown what it was told."""
    for _ in range(2):
        await pilot.pause()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tui.dump", description="打印一屏")
    parser.add_argument("--size", default="120x40", help="列x行，例如 80x24")
    parser.add_argument("--policy", default="", help="政策")
    parser.add_argument("--sample", default="", help="样例病例")
    parser.add_argument("--press", default="", help="先按这些键，用空格分开，例如 f2 tab；wait 等后台做完")
    parser.add_argument("--svg", action="store_true", help="打印成 SVG 图，不写此项则是文字")
    given = parser.parse_args(arguments)
    width, _, height = given.size.partition("x")
    if not (width.isascii() and width.isdigit() and height.isascii() and height.isdigit() and 20 <= int(width) <= 400 and 8 <= int(height) <= 200):
        parser.error("--size 应写成 120x40")
    try:
        shown = screen_picture if given.svg else screen_text
        print(asyncio.run(dump(int(width), int(height), given.policy, given.sample, tuple(given.press.split()), shown)))
    except LookupError as refusal:
        parser.error(str(refusal.args[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
