"""The score sheet over the screen: the rows, the learner's chosen name, and where to write it."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from grammar.source import visible
from tui.draft.dialogs import Line
from tui.train.session import Session
from tui.train.sheet import HEAD, Sheet, default_path, save, sheet_of
from tui.widgets.plain import one_line
from tui.widgets.prose import Prose


def table(sheet: Sheet, width: int) -> tuple[str, ...]:
    """Head and rows in columns; the clause gives way where there is no room, and no figure does."""
    rows = [HEAD, *([one_line(c) for c in row] for row in sheet.rows)]
    widths = [max(cell_len(row[i]) for row in rows) for i in range(len(HEAD))]
    over = sum(widths) + 2 * (len(widths) - 1) - width
    widths[2] = max(widths[2] - max(over, 0), 4)
    return tuple("  ".join(_fitted(cell, widths[i]) for i, cell in enumerate(row)).rstrip() for row in rows)


def _fitted(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return text + " " * (width - cell_len(text))
    kept = ""
    while cell_len(kept + text[len(kept)]) < width:
        kept += text[len(kept)]
    return f"{kept}…" + " " * (width - cell_len(kept) - 1)


class ScoresScreen(ModalScreen[str]):
    """Dismisses with the name that was typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,alt+l", "close", "关闭", show=False),
        Binding("f9,ctrl+s", "export", "导出", show=False),
    ]

    def __init__(self, session: Session, name: str = "") -> None:
        super().__init__()
        self.session, self.learner, self.taken = session, name, ""

    def compose(self) -> ComposeResult:
        with Vertical(id="scores") as box:
            box.border_title, box.border_subtitle = "成绩单（Alt+L）", "F9 导出　Tab 换栏　Esc 关闭"
            yield Static(id="score-head", markup=False)
            with VerticalScroll(id="score-rows"):
                yield Static(id="score-table", markup=False)
            yield Prose((("昵称（可不填，不要写真名、证件号）", "bold"),))
            yield Line(self.learner, compact=True, id="nickname")
            yield Prose((("写到（.md 或 .csv）", "bold"),))
            yield Line(visible(str(default_path(self.session, Path.cwd()))), compact=True, id="path")
            yield Prose(id="saved")

    def on_mount(self) -> None:
        self.query_one("#score-rows").focus()
        self._show()

    def on_resize(self) -> None:
        self._show()

    def _show(self) -> None:
        sheet = sheet_of(self.session, self.learner)
        width = max(self.query_one("#score-rows").scrollable_content_region.width, 40)
        self.query_one("#score-head", Static).update(Content.styled(one_line("　".join(f"{n} {v}" for n, v in sheet.heading[1:])), "bold"))
        self.query_one("#score-table", Static).update(Content("\n".join(table(sheet, width))))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.id == "path":
            self.action_export()
        else:
            self.focus_next()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.taken = ""

    def action_export(self) -> None:
        """The second time in a row over a file that was there."""
        typed = self.query_one("#path", Line).value.strip()
        path = Path(typed).expanduser() if typed else default_path(self.session, Path.cwd())
        message = save(sheet_of(self.session, self.query_one("#nickname", Line).value), path, over=bool(typed) and self.taken == typed)
        exists = message.startswith("已经有")
        self.taken = typed if exists else ""
        told = f"✗ {message}{'：再按一次 F9 覆盖，或者换个名字' if exists else ''}" if message else f"✓ 已写到 {path}（只有本人可读）"
        self.query_one("#saved", Prose).show((told, "bold $error" if message else "bold $success"))

    def action_close(self) -> None:
        self.dismiss(self.query_one("#nickname", Line).value)
