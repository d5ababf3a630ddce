"""The command palette in Chinese: places, panes, policies and samples, found by their words or by the first letters of their pinyin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol, cast

from rich.align import Align
from rich.text import Text
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.widgets.option_list import Option

from tui.widgets.pinyin import initials
from tui.widgets.plain import one_line, plain


@dataclass(frozen=True, slots=True)
class Command:
    title: str
    said: str
    act: Callable[[], object]


class HasCommands(Protocol):
    """A screen that offers commands."""

    def commands(self) -> Iterator[Command]: ...


class ScreenCommands(Provider):
    """What can be done here."""

    def _commands(self) -> Iterator[Command]:
        """Those of the screen underneath, then those of the application."""
        for owner in (self.screen, self.app):
            if hasattr(owner, "commands"):
                yield from cast(HasCommands, owner).commands()

    async def discover(self) -> Hits:
        for command in self._commands():
            yield DiscoveryHit(plain(command.title), command.act, text=one_line(command.title), help=one_line(command.said))

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for command in self._commands():
            title = one_line(command.title)
            score = matcher.match(title)
            if score > 0:
                yield Hit(score, matcher.highlight(title), command.act, text=title, help=one_line(command.said))
            elif query.isascii() and query.strip().lower() in initials(title):
                yield Hit(0.5, plain(title), command.act, text=title, help=one_line(command.said))


class Palette(CommandPalette):
    """The stock palette with its two English sentences in Chinese."""

    def __init__(self) -> None:
        super().__init__(placeholder="找命令……", id="--command-palette")

    def _start_no_matches_countdown(self, search_value: str) -> None:
        self._stop_no_matches_countdown()

        def show() -> None:
            if search_value:
                said = Align.center(Text("没有这样的命令", style="not bold"))
                self.query_one(CommandList).add_option(Option(said, disabled=True, id=self._NO_MATCHES))
            self._list_visible = bool(search_value)

        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, show)
