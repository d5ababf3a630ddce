"""F1: what the pane in use shows, how its signs are read, and the keys."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.widgets.wrap import lines_of

KEYS = (
    ("F2", "病例：填报事实和参数"),
    ("F3", "瀑布：总费用由谁负担多少"),
    ("F4", "推理链：结果是由哪些条文定的"),
    ("o", "原文：光标所在条文的原文"),
    ("F5", "立即核定，回到推理链"),
    ("F8", "换下一个政策"),
    ("[ ]　Ctrl+PgUp/PgDn", "上一笔、下一笔就诊"),
    ("n", "下一个样例病例"),
    ("Ctrl+P  :", "命令面板：输入中文找命令"),
    ("Tab  Shift+Tab", "下一栏、上一栏"),
    ("F1  ?", "本说明"),
    ("q  Ctrl+Q", "退出"),
)

PANES = {
    "form": (
        "病例",
        "每一栏都来自政策的词汇表，改动立即重新核定。● 是结果正在等的栏目，下方写明是哪一条要它；变暗的栏目本次核定没有用到；✗ 是读不懂的填报。"
        "金额可以用全角数字和千分位，下方显示大写，以便核对。是非和类别用空格或 Enter 打开选项，← → 逐项换，退格改为不知道。",
    ),
    "waterfall": (
        "报销瀑布",
        "第一行是总费用，以下每一行是一方负担的部分，从上一行结束的地方画起，最后一行到头，即各方之和等于总费用。待定的部分不画成零。",
    ),
    "trace": (
        "推理链",
        "自上而下：结果；定它的条文，青色是出处，后面是代入的算式；条文要用的量；量的来源。"
        "✓ 成立　✗ 考虑过、不适用，写明原因和差距　⊘ 被别的条款排除　？ 待定，写明缺什么。→ 展开，← 收起或回到上一层，Enter 展开或收起。",
    ),
    "source": (
        "原文",
        "光标所在条文的整段原文，反色的是起决定作用的文字，下边框是出处。↑ ↓ 滚动。推理链的光标一动，原文就跟着动。",
    ),
}


class HelpScreen(ModalScreen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,q,question_mark,fullwidth_question_mark,enter", "dismiss(None)", "关闭", show=False)]

    def __init__(self, pane: str) -> None:
        super().__init__()
        self.pane = pane if pane in PANES else "trace"

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help") as box:
            box.border_title = "说明（F1）"
            box.border_subtitle = "Esc 关闭"
            yield Static(self._text(), markup=False)

    def _text(self) -> Content:
        """The pane in use, the keys, the other panes."""
        width = max(min(self.app.size.width - 12, 68), 20)
        keys = [Content.assemble((key, "bold"), "　", said) for key, said in KEYS]
        others = [line for pane in PANES if pane != self.pane for line in _about(pane, width)]
        return Content("\n").join([*_about(self.pane, width), Content.styled("按键", "bold"), *keys, Content(""), *others])


def _about(pane: str, width: int) -> list[Content]:
    title, said = PANES[pane]
    return [Content.styled(title, "bold"), *(Content(line) for line in lines_of(said, width)), Content("")]
