"""The clauses of a policy to choose from: by title, with the place each stands at; typing narrows them down, space ticks, Enter is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from corpus.workspace import Policy
from grammar.address import spoken as cited
from tui.draft.dialogs import Line
from tui.widgets.pinyin import initials
from tui.widgets.plain import one_line, plain


def placed(policy: Policy) -> dict[str, str]:
    """Clause → where the first of its words stand."""
    found: dict[str, str] = {}
    for clause, _, origin in policy.compiled().book.statements:
        if origin.anchors:
            found.setdefault(clause, cited(origin.anchors[0].unit))
    return found


def matching(titles: Sequence[str], typed: str) -> tuple[str, ...]:
    """Titles that contain what is typed, or whose pinyin initials do."""
    wanted = typed.strip()
    return tuple(t for t in titles if wanted in t or (wanted.isascii() and wanted.lower() in initials(t)))


class ClausePicker(ModalScreen[tuple[str, ...] | None]):
    """Dismisses with the titles ticked, in the order of the policy; None for Esc. Of one only, Enter takes that under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "取消", show=False),
        Binding("space,ideographic_space", "tick", "勾选", show=False),
        Binding("slash,fullwidth_solidus,ideographic_comma", "narrow", "筛选", show=False),
    ]

    def __init__(self, heading: str, titles: Sequence[str], places: dict[str, str], ticked: Sequence[str] = (), several: bool = True) -> None:
        super().__init__()
        self.heading, self.titles, self.places, self.several = heading, tuple(titles), places, several
        self.ticked, self.shown = set(ticked), tuple(titles)

    def compose(self) -> ComposeResult:
        with Vertical(id="clause-picker") as box:
            box.border_title = plain(self.heading)
            box.border_subtitle = "空格勾选　/ 筛选　Enter 确定　Esc 取消" if self.several else "/ 筛选　Enter 选定　Esc 取消"
            yield Line(placeholder="/ 筛选：条款名或者拼音首字母", compact=True)
            yield OptionList(markup=False)

    def on_mount(self) -> None:
        self._fill()
        self.query_one(OptionList).focus()

    def _fill(self) -> None:
        shown = self.query_one(OptionList)
        shown.clear_options()
        shown.add_options([Option(self._row(t)) for t in self.shown])
        shown.highlighted = 0 if self.shown else None

    def _row(self, title: str) -> Content:
        mark = ("✓ " if title in self.ticked else "　") if self.several else ""
        return Content.assemble((mark, "bold"), one_line(title), "　", (one_line(self.places.get(title, "")), "$text-muted"))

    def action_narrow(self) -> None:
        self.query_one(Line).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.shown = matching(self.titles, event.value)
        self._fill()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(OptionList).focus()

    def action_tick(self) -> None:
        shown = self.query_one(OptionList)
        if self.several and shown.highlighted is not None and shown.has_focus:
            title = self.shown[shown.highlighted]
            self.ticked ^= {title}
            shown.replace_option_prompt_at_index(shown.highlighted, self._row(title))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """What is ticked; without any, the one under the cursor."""
        ticked = tuple(t for t in self.titles if t in self.ticked) if self.several else ()
        self.dismiss(ticked or (self.shown[event.option_index],))
