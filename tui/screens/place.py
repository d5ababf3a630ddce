"""What every place has: the line that says where we are, the keys that lead elsewhere, and what it tells the palette and F1."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from tui.keymap import EVERYWHERE, identified
from tui.screens.desk import Desk
from tui.screens.help import HelpScreen, Page
from tui.screens.jump import JumpScreen, go_to, panes
from tui.screens.palette import Command

if TYPE_CHECKING:
    from tui.screens.youju import YoujuApp

WIDE = 116


class Place(Screen[None]):
    """A screen of its own among six. `PAGES` are the pages of F1, by the id of the pane they are about; the first is for all else."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - Textual's own class variable
    PAGES: ClassVar[dict[str, Page]] = {}
    KEYS: ClassVar[tuple[tuple[str, str], ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = identified(
        (
            *(Binding(f"{n},alt+{n}", f"app.place({n})", f"第{n}处", show=False) for n in range(1, 7)),
            Binding("f1,question_mark,fullwidth_question_mark", "help", "说明", show=False),
            Binding("colon,fullwidth_colon", "app.command_palette", "命令", show=False),
            Binding("at,fullwidth_commercial_at", "app.log", "命令记录", show=False),
            Binding("ctrl+o", "jump", "跳转", show=False),
            Binding("q", "app.quit", "退出", show=False),
        ),
        EVERYWHERE,
    )

    def __init_subclass__(cls, **options: Any) -> None:
        """Every key of a place can be given another one by its name."""
        if "BINDINGS" in cls.__dict__:
            cls.BINDINGS = identified(cls.BINDINGS, cls.__name__.removesuffix("Screen").lower())
        super().__init_subclass__(**options)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    @property
    def is_wide(self) -> bool:
        return self.size.width >= WIDE

    @property
    def hall(self) -> YoujuApp:
        """The application, as what it is."""
        from tui.screens.youju import YoujuApp

        assert isinstance(self.app, YoujuApp)
        return self.app

    def commands(self) -> Iterator[Command]:
        """For the palette, before the commands that every place has."""
        return iter(())

    async def may_leave(self) -> bool:
        """Asked, in a worker, before the application is left; False to stay."""
        return True

    def action_jump(self) -> None:
        self.app.push_screen(JumpScreen(panes(self)), go_to)

    def action_help(self) -> None:
        focused = self.focused
        panes = [w.id or "" for w in focused.ancestors_with_self] if focused else []
        self.app.push_screen(HelpScreen(self.PAGES, self.KEYS, next((p for p in panes if p in self.PAGES), "")))
