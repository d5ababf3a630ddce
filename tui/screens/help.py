"""F1: what the pane in use shows, how its signs are read, and the keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.widgets.wrap import lines_of

#: Keys that every place has.
EVERYWHERE = (
    ("1–6　Alt+1–6", "去各处：核定、起草、检索、历史、对比、训练（在填报栏里用 Alt）"),
    ("Ctrl+P  :", "命令面板：输入中文或者拼音首字母找命令"),
    ("Tab  Shift+Tab", "下一栏、上一栏"),
    ("Ctrl+O", "跳转：每一栏显示一个字母，按它就过去"),
    ("@", "命令记录：做过的事在命令行怎样写"),
    ("F1  ?", "本说明"),
    ("q  Ctrl+Q", "退出"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a pane shows and how its signs are read."""

    title: str
    said: str


class HelpScreen(ModalScreen[None]):
    """The page of the pane in use first, then the keys, then the other pages."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,q,question_mark,fullwidth_question_mark,enter", "dismiss(None)", "关闭", show=False)]

    def __init__(self, pages: Mapping[str, Page], keys: Sequence[tuple[str, str]], pane: str) -> None:
        super().__init__()
        first = pages[pane] if pane in pages else next(iter(pages.values()), None)
        self.pages = tuple(p for p in (first, *(p for p in pages.values() if p is not first)) if p)
        self.keys = (*keys, *EVERYWHERE)

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help") as box:
            box.border_title = "说明（F1）"
            box.border_subtitle = "Esc 关闭"
            yield Static(self._text(), markup=False)

    def _text(self) -> Content:
        width = max(min(self.app.size.width - 12, 68), 20)
        keys = [Content.assemble((key, "bold"), "　", said) for key, said in self.keys]
        first = [line for page in self.pages[:1] for line in _about(page, width)]
        others = [line for page in self.pages[1:] for line in _about(page, width)]
        return Content("\n").join([*first, Content.styled("按键", "bold"), *keys, Content(""), *others])


def _about(page: Page, width: int) -> list[Content]:
    return [Content.styled(page.title, "bold"), *(Content(line) for line in lines_of(page.said, width)), Content("")]
