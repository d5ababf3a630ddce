"""The application: its places, its palette, how it ends. A crash tells its place and nothing of the claim; a signal restores the terminal."""

from __future__ import annotations

import asyncio
import signal
import traceback
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from rich.segment import Segments
from rich.text import Text
from textual.app import App
from textual.binding import Binding, BindingType

from corpus.workspace import Workspace
from tui.screens.assess import AssessScreen
from tui.screens.case import Case, open_case
from tui.screens.palette import Palette, ScreenCommands
from tui.screens.picker import Picker
from tui.screens.samples import sample_count
from tui.screens.themes import OWN, THEMES

#: The places, in the order of the keys 1–6.
SCREENS = (AssessScreen,)

CRASHED = 70


class YoujuApp(App[int]):
    TITLE = "有据"
    CSS_PATH = "../app.tcss"
    COMMANDS = {ScreenCommands}  # noqa: RUF012 - Textual's own class variable
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "退出", show=False, priority=True),
        Binding("ctrl+p", "command_palette", "命令", show=False, priority=True),
        Binding("ctrl+c", "help_quit", "退出", show=False, system=True),
    ]

    def __init__(self, workspace: Workspace, case: Case) -> None:
        super().__init__(watch_css=False)
        for theme in OWN:
            self.register_theme(theme)
        self.first = SCREENS[0](workspace, case)

    def on_mount(self) -> None:
        self._heed_signals()
        self.push_screen(self.first)

    def action_command_palette(self) -> None:
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def search_themes(self) -> None:
        """Textual's own chooser, in Chinese and of a few."""
        names = [name for name, _ in THEMES]
        picked = [names.index(self.theme)] if self.theme in names else []
        self.push_screen(Picker("换颜色主题", [said for _, said in THEMES], picked), self._wear)

    def _wear(self, picked: tuple[int, ...] | None) -> None:
        if picked:
            self.theme = THEMES[picked[0]][0]

    def action_help_quit(self) -> None:
        self.notify("按 q 或 Ctrl+Q 退出", markup=False)

    def _heed_signals(self) -> None:
        """A closed terminal or a polite kill ends the application as the quit key does."""
        if self.is_headless:
            return
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                number = getattr(signal, name)
                with suppress(NotImplementedError, RuntimeError, ValueError):
                    loop.add_signal_handler(number, self._end, int(number))

    def _end(self, number: int) -> None:
        self.exit(return_code=128 + number)

    def _handle_exception(self, error: Exception) -> None:
        """Instead of Textual's report, which prints local variables and so the claim. The first error alone: of more, Textual says so in English."""
        self._return_code = CRASHED
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
            self._exit_renderables.append(Segments(self.console.render(Text(crash_text(error)))))
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        self._handle_exception(RuntimeError())


def application(policy: str = "", sample: str = "") -> tuple[YoujuApp | None, str]:
    """The application on a sample; where no policy is named, on the first that can be used, those with most samples first."""
    workspace, message = Workspace.open(), "没有随附的政策"
    for key in (policy,) if policy else sorted(workspace.keys(), key=lambda k: -sample_count(k)):
        case, message = open_case(workspace, key, sample)
        if case is not None:
            return YoujuApp(workspace, case), ""
    return None, message


def crash_text(error: BaseException) -> str:
    """What may be said of a crash: the kind of error and its place in the code. Its message may quote the claim and is left out."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name} 第 {frames[-1].lineno} 行" if frames else "未知"
    return f"有据出错，已退出（{type(error).__name__}，{place}）。填报的内容没有写到任何地方。"
