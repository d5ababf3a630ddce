"""`python -m tui.dump`: the screen as plain text, without a terminal and without colours. For documents and for tests of the layout."""

from __future__ import annotations

import argparse
import asyncio
import io
import sys
from typing import Any

from rich.console import Console
from textual.app import App

from tui.screens.youju import application


def screen_text(app: App[Any]) -> str:
    """What stands on the screen. The only place that uses Textual's compositor, which is not public."""
    width, height = app.size
    console = Console(width=width, height=height, file=io.StringIO(), force_terminal=True, record=True, legacy_windows=False)
    console.print(app.screen._compositor.render_update(full=True, screen_stack=app._background_screens))
    return "\n".join(line.rstrip() for line in console.export_text().splitlines())


async def dump(width: int, height: int, policy: str = "", sample: str = "", keys: tuple[str, ...] = ()) -> str:
    """The screen at a size after some keys."""
    app, message = application(policy, sample)
    if app is None:
        raise LookupError(message)
    async with app.run_test(size=(width, height)) as pilot:
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)
        return screen_text(app)


async def settle(pilot: Any) -> None:
    """Until every pane has shown what it was told."""
    for _ in range(2):
        await pilot.pause()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tui.dump", description="打印一屏")
    parser.add_argument("--size", default="120x40", help="列x行，例如 80x24")
    parser.add_argument("--policy", default="", help="政策")
    parser.add_argument("--sample", default="", help="样例病例")
    parser.add_argument("--press", default="", help="先按这些键，用空格分开，例如 f2 tab")
    given = parser.parse_args(arguments)
    width, _, height = given.size.partition("x")
    if not (width.isascii() and width.isdigit() and height.isascii() and height.isdigit() and 20 <= int(width) <= 400 and 8 <= int(height) <= 200):
        parser.error("--size 应写成 120x40")
    try:
        print(asyncio.run(dump(int(width), int(height), given.policy, given.sample, tuple(given.press.split()))))
    except LookupError as refusal:
        parser.error(str(refusal.args[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
