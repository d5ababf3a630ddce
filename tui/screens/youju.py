"""The application: its places, its palette, how it ends. A crash tells its place and nothing of the claim; a signal restores the terminal."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import ClassVar

from rich.segment import Segments
from rich.text import Text
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from corpus.workspace import Workspace
from tui.keymap import has_own_keys, keys_path, own_keys
from tui.screens.case import Case, open_case
from tui.screens.claim_work import ClaimWork
from tui.screens.desk import Desk
from tui.screens.journal import LogScreen
from tui.screens.palette import Command, Palette, ScreenCommands
from tui.screens.picker import Picker
from tui.screens.place import Place
from tui.screens.places import PLACES
from tui.screens.samples import sample_count
from tui.screens.themes import OWN, THEMES
from tui.text.console import CRASHED, fault_code
from tui.widgets.plain import one_line


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
        self.desk = Desk(workspace, case)
        self.visited: dict[str, Place] = {}
        self.draft = self.claim = ""

    async def on_mount(self) -> None:
        self._heed_signals()
        for entry in PLACES:
            self.add_mode(entry.name, partial(self._place, entry.name))
        await self.action_place(2 if self.draft else 1)
        self._take_own_keys()
        if self.claim and isinstance(self.screen, ClaimWork):
            self.screen.open_at_once(self.claim)

    def _take_own_keys(self) -> None:
        """Of the file of the person's own keys, what may be used; the rest is said and stays as it is."""
        if not has_own_keys():
            return
        from tui.screens.key_names import all_keys

        chosen, faults = own_keys(keys_path(), all_keys())
        self.set_keymap(chosen)
        for fault in faults[:3]:
            self.notify(one_line(fault), severity="warning", timeout=12, markup=False)

    # --- places

    def _place(self, name: str) -> Place:
        """The screen of a place, made when it is first gone to and kept."""
        if name not in self.visited:
            self.visited[name] = next(e for e in PLACES if e.name == name).open(self.desk)
        return self.visited[name]

    async def action_place(self, number: int) -> None:
        """To the place of a key, closing what lies over the present one."""
        if number > len(PLACES) or (self.current_mode == PLACES[number - 1].name and isinstance(self.screen, Place)):
            return
        while isinstance(self.screen, ModalScreen):
            self.pop_screen()
        await self.switch_mode(PLACES[number - 1].name)

    def commands(self) -> Iterator[Command]:
        """What the palette offers everywhere."""
        for number, entry in enumerate(PLACES, 1):
            yield Command(f"去{entry.title}", f"{number}　{entry.said}", partial(self.action_place, number))
        yield Command("命令记录", "@", self.action_log)
        yield Command("换颜色主题", "", self.search_themes)
        yield Command("退出", "q", self.action_quit)

    async def action_quit(self) -> None:
        """Unless a place has something that would be lost and the answer is to stay."""
        self.run_worker(self._leave(), group="leave", exclusive=True)

    async def _leave(self) -> None:
        for place in tuple(self.visited.values()):
            if not await place.may_leave():
                return
        self.exit()

    def action_log(self) -> None:
        self.push_screen(LogScreen(self.desk.log))

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
    """What may be said of a crash. The error's own message may quote the claim and is left out."""
    return f"有据出错，已退出（代码 {fault_code(error)}）。这条消息里没有填报的内容。"
