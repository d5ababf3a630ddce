"""The reasoning as a tree: rows are fetched when unfolded, and after an edit the same rows are open and the cursor is where it was."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from grammar.document import Kind
from interpreter.explain import Explanation
from interpreter.graph import Sort
from tui.trace_rows import Part, Sign, Step, below, trace
from tui.widgets.plain import label

_COLOURS = {Sign.DECIDED: "green", Sign.UNMET: "red", Sign.OVERRIDDEN: "magenta", Sign.OPEN: "yellow"}


def row_label(step: Step) -> Text:
    """✓ name　value; the sign in its colour, the name bold, citations underlined by colour only."""
    colour = _COLOURS[step.sign]
    cited = step.part in (Part.STATEMENT, Part.UNFIRED)
    return label((f"{step.sign} ", f"bold {colour}"), (step.head, "cyan" if cited else "bold"), ("　" if step.tail else "", ""), (step.tail, ""))


class TraceTree(Tree[Step]):
    """Tells of every move with `Moved`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "open_or_enter", "展开", show=False),
        Binding("left", "close_or_leave", "收起", show=False),
    ]

    class Moved(Message):
        """To a row; `anchors` are its own, or those of the nearest row above that has some."""

        def __init__(self, node: TreeNode[Step], step: Step) -> None:
            super().__init__()
            self.step, self.anchors = step, step.anchors
            above = node.parent
            while not self.anchors and above is not None and above.data is not None:
                self.anchors, above = above.data.anchors, above.parent

    def __init__(self, *, id: str) -> None:
        super().__init__(Text(""), id=id)
        self.show_root, self.guide_depth = False, 3
        self.border_title = "推理链（F4）"
        self.explanation: Explanation | None = None
        self._opened: set[str] = set()

    # --- content

    def show(self, explanation: Explanation | None, afresh: bool) -> None:
        """`afresh`: another claim or visit, so that what decided its main outcome is unfolded and the cursor goes there."""
        at = "" if afresh or self.cursor_node is None or self.cursor_node.data is None else self.cursor_node.data.key
        self.explanation = explanation
        self.clear()
        if explanation is None:
            return
        rows = trace(explanation)
        if afresh:
            at, self._opened = _first_look(explanation, rows)
        self._fill(self.root, rows)
        self.root.expand()
        self.call_after_refresh(self._settle, at)

    def _fill(self, node: TreeNode[Step], rows: tuple[Step, ...]) -> None:
        for step in rows:
            made = node.add(row_label(step), data=step, allow_expand=step.opens)
            if step.key in self._opened and step.opens and self.explanation is not None:
                self._fill(made, below(self.explanation, step))
                made.expand()

    def _settle(self, key: str) -> None:
        """The cursor to the row of that key, or to the nearest row above it that still exists."""
        found = {n.data.key: n for n in self._walk(self.root) if n.data is not None}
        while key and key not in found:
            key = key.rpartition("/")[0]
        node = found.get(key) or (self.root.children[0] if self.root.children else None)
        if node is not None:
            self.move_cursor(node)
            if node.data is not None:
                self.post_message(self.Moved(node, node.data))

    def _walk(self, node: TreeNode[Step]) -> list[TreeNode[Step]]:
        return [n for child in node.children for n in (child, *self._walk(child))]

    # --- moving and unfolding

    def on_tree_node_expanded(self, event: Tree.NodeExpanded[Step]) -> None:
        self._unfold(event.node)

    def _unfold(self, node: TreeNode[Step]) -> None:
        """Fetches what is under a row the first time, and brings the beginning of it into view."""
        if node.data is None or self.explanation is None:
            return
        self._opened.add(node.data.key)
        if not node.children:
            self._fill(node, below(self.explanation, node.data))
        if node is self.cursor_node and node.children:
            self.call_after_refresh(self.scroll_to_node, node.children[min(len(node.children), 4) - 1], animate=False)

    def on_tree_node_collapsed(self, event: Tree.NodeCollapsed[Step]) -> None:
        if event.node.data is not None:
            self._opened.discard(event.node.data.key)

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[Step]) -> None:
        if event.node.data is not None:
            self.post_message(self.Moved(event.node, event.node.data))

    def action_open_or_enter(self) -> None:
        node = self.cursor_node
        if node is not None and node.allow_expand and not node.is_expanded:
            self._unfold(node)
            node.expand()
        else:
            self.action_cursor_down()

    def action_close_or_leave(self) -> None:
        node = self.cursor_node
        if node is None:
            return
        if node.is_expanded and node.allow_expand:
            node.collapse()
        elif node.parent is not None and node.parent is not self.root:
            self.move_cursor(node.parent)

    def render_label(self, node: TreeNode[Step], base_style: Style, style: Style) -> Text:
        fold = "" if not node.allow_expand else "▼ " if node.is_expanded else "▶ "
        text = Text.assemble((fold or "  ", base_style), node.label if isinstance(node.label, Text) else "", no_wrap=True, end="")
        text.stylize(style)
        return text


def _first_look(explanation: Explanation, rows: tuple[Step, ...]) -> tuple[str, set[str]]:
    """The first amount left open, else the first that a sentence of the notice decided to something: unfolded to what its first statement needed."""
    outcomes = [r for r in rows if r.part is Part.QUANTITY]
    money = [r for r in outcomes if explanation.graph.nodes[r.node].kind is Kind.MONEY]
    open_ = [r for r in money if r.sign is Sign.OPEN]
    telling = [r for r in money if explanation.values[r.node] and _is_ruled(explanation, r)]
    step = next(iter(open_ or telling or outcomes), None)
    if step is None:
        return "", set()
    under = below(explanation, step)
    return step.key, {step.key, *(u.key for u in under[:1])}


def _is_ruled(explanation: Explanation, step: Step) -> bool:
    """Whether words of the notice gave the quantity its value, and not only its date of effect or its place in the order of payment."""
    rules = (u for u in below(explanation, step) if u.part is Part.STATEMENT and u.anchors)
    return any(explanation.graph.nodes[u.node].sort is Sort.PICK for u in rules)
