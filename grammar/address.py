"""Places of a notice as people cite them, 「二（二）2 第1款第2句第2分句」, and as ids, `二/(二)/2/p1/s2/c2`. Both parse; both print."""

import re

from grammar.source import fold

_LEAVES = {"款": "p", "句": "s", "分句": "c", "项": "i"}
_BACK = {"p": "款", "s": "句", "c": "分句", "i": "项"}
_STEP = re.compile(
    r"(?P<leaf>第(?P<n>[0-9]{1,3})(?P<unit>款|分句|句|项))"
    r"|(?P<article>第[〇零一二三四五六七八九十百]{1,6}[条章节])"
    r"|(?P<bracket>（(?P<inner>[^（）]{1,4})）)"
    r"|(?P<plain>[一二三四五六七八九十]{1,3}|[0-9]{1,3})"
    r"|(?P<heading>标题)"
    r"|(?P<word>[\u4e00-\u9fff]{1,8}?(?=第[0-9]|标题|[\s/，。、；「]|$))"
)


def unit_id(key: str, text: str) -> str | None:
    """The id (with notice key) that a citation names, or None when it cannot be read. An id is returned as it stands."""
    text = text.strip()
    if "/" in text:
        return text if text.startswith(f"{key}/") else f"{key}/{text}"
    steps: list[str] = []
    folded, at = fold(text), 0
    while at < len(folded):
        if folded[at] in " \u3000":
            at += 1
            continue
        match = _STEP.match(folded, at)
        if not match or match.end() == at:
            return None
        steps.append(_segment(match))
        at = match.end()
    return f"{key}/{'/'.join(steps)}" if steps else None


def _segment(match: re.Match[str]) -> str:
    if match["leaf"]:
        return f"{_LEAVES[match['unit']]}{match['n']}"
    if match["bracket"]:
        return f"({match['inner']})"
    if match["heading"]:
        return "h"
    return match["article"] or match["plain"] or match["word"]


def spoken(unit: str) -> str:
    """`fumeng-2022/二/(二)/2/p1/s2/c3` → 二（二）2第1款第2句第3分句."""
    _, _, path = unit.partition("/")
    steps = (path or unit).split("/")
    said = ""
    for before, step in zip(("", *steps), steps, strict=False):
        apart = " " if _is_word(before) and _is_word(step) else ""
        said += f"{apart}{_spoken_segment(step)}"
    return said


def _is_word(segment: str) -> bool:
    """A segment such as 印发 or 题, which would run into another word."""
    return bool(re.fullmatch(r"[\u4e00-\u9fff]+", segment)) and not re.fullmatch(r"[一二三四五六七八九十]+", segment)


def _spoken_segment(segment: str) -> str:
    if match := re.fullmatch(r"([psci])(\d+)", segment):
        return f"第{match[2]}{_BACK[match[1]]}"
    if segment == "h":
        return "标题"
    return segment.replace("(", "（").replace(")", "）")
