"""Why something does not hold: the first failed condition under it, with the values and the distance."""

from __future__ import annotations

from datetime import date
from typing import Any

from interpreter.generate import entry_of
from interpreter.graph import Node, Sort
from interpreter.reached import Reached
from interpreter.values import is_pending
from interpreter.wording import cause_text, distance, spoken

_NOT_SO = {"exceeds": "未超过", "below": "不低于", "reaches": "未达到", "at_least": "低于", "at_most": "超过", "equal": "不等于"}
_NOT_SO_DATES = {"exceeds": "不晚于", "below": "不早于", "reaches": "早于", "at_least": "早于", "at_most": "晚于", "equal": "不是"}


class Blame(Reached):
    """Questions about what is not so."""

    def why_not(self, index: int) -> str:
        """The first failed condition under a node that does not hold, with the values and the distance."""
        for _ in range(64):
            node, value = self.graph.nodes[index], self.values[index]
            if is_pending(value) and not node.args:
                return f"未知：{cause_text(value)}"
            following = self._blame(node, value)
            if following is None:
                return self._failed(index)
            index = following
        return self._failed(index)

    def _blame(self, node: Node, value: Any) -> int | None:
        if node.sort is Sort.PICK:
            return self._blamed_rule(node, value)
        if node.sort is Sort.FILED:
            return None if self.is_filed(node) else node.args[0]
        if node.operator == "both":
            return next((a for a in node.args if self.values[a] is not True), None)
        return None

    def _blamed_rule(self, node: Node, value: Any) -> int | None:
        """A quantity that is not so: the value of the rule that says so, or else the guard of the first that would have made it so."""
        won = [c for c in node.detail if self.values[c.guard] is True]
        for contender in won:
            if contender.origin.standing == "用语":
                return int(contender.value)
        if any(c.origin.anchors and self.values[c.value] is not True for c in won):
            return None
        would = [c for c in node.detail if self.values[c.guard] is not True and c.rank == 0]
        return int(would[0].guard) if would else None

    def _failed(self, index: int) -> str:
        node, value = self.graph.nodes[index], self.values[index]
        if is_pending(value):
            return f"未知：{cause_text(value)}"
        if node.operator == "not":
            return f"{self.label(node.args[0])}，而这里要求{node.label}"
        if node.operator == "filled":
            return f"没有填报{self.label(node.args[0])}"
        if node.operator in _NOT_SO:
            return self._failed_comparison(node)
        if node.operator == "is_in":
            owner = self.label(node.args[0])
            listed = node.label.removeprefix(f"{owner}为")
            return f"{owner}是“{spoken(self.values[node.args[0]], None)}”，不属于：{listed}"
        if node.sort is Sort.LISTED:
            hit = entry_of(self.values[node.args[0]], node.detail)
            if hit is not None:
                return f"“{node.detail[hit].name}”的条件不成立：{self.why_not(node.detail[hit].condition)}"
        if node.sort is Sort.FACT and value is False:
            return f"“{self.label(index)}”填报为否"
        return f"不符合“{self.label(index)}”"

    def _failed_comparison(self, node: Node) -> str:
        left, right = node.args
        a, b = self.values[left], self.values[right]
        gap = distance(a, b, self.graph.nodes[left].kind)
        words = _NOT_SO_DATES if isinstance(a, date) else _NOT_SO
        said = f"{self.said(left)} {words[node.operator]} {self.said(right)}"
        return f"{said}（{gap}）" if gap else said
