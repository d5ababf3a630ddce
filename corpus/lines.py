"""The lines of a notice file: what is text, what is layout, what is the web page around it.

Numbers are those of the file, 1-based, so a reader can find a unit in the original. Layout (indents, spaces that fill a line, invisible characters)
is taken out only by `tighten`, because a label is easier to recognise while its space still stands. Kept apart from labels: nothing here knows what
a paragraph is.
"""

import re
from dataclasses import dataclass
from unicodedata import category

from corpus.columns import full_lines
from grammar.source import UNSEEN

#: Site furniture, recognised at the start of a line whose spaces are gone.
_CHROME_START = re.compile(
    r"(加入收藏|设为首页|(您的|您现在的|你的|当前|所在)位置|[•·]?(上|下)一(篇|条)|[•·]?联系(方式|我们)\||主办(单位)?[:：]|(网站)?承办(单位)?[:：]|网站标识码|版权所有"
    r"|[^。]{0,12}ICP备|[^。]{0,6}公网安备|分享(到|至)|[【\[]?(字体|字号)[:：]|[【\[]?(打印|关闭|打印本页|关闭窗口)[】\]]|责任编辑[:：]|告诉好友|首页[>＞»]"
    r"|(信息)?来源[:：][^。]*(作者|日期|时间|阅读|浏览)|(发布|更新)(日期|时间)[:：]|(浏览|阅读|点击)(次数|数|量)[:：])"
)
_MARKUP = re.compile(r"<!--.*-->|#:.*|#{1,6}|-{3,}|={3,}|\*{3,}")
_HEADING_MARK = re.compile(r"^#{1,6}\s+")
_LINE_END = re.compile(r"\r\n|\n|\r")
_SPACE = re.compile(r"\s+")
_WORD_SPACE = re.compile(r"(?<=[A-Za-z])\s+(?=[A-Za-z])")
_TERMINAL = re.compile(r"[。；：！？;:!?][”’」』）)》】\"']*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that carries text; `text` has no outer spaces but still its inner ones. `runs_on`: in a column, it surely continues on the next."""

    number: int
    text: str
    runs_on: bool = False


def read_lines(text: str) -> tuple[Line, ...]:
    """The lines that carry text of the notice: blank lines, mark-up and web chrome are left out."""
    raws = _LINE_END.split(text)
    full = full_lines(raws)
    rows = (Line(n, _clean(raw), n in full) for n, raw in enumerate(raws, 1))
    return _without_chrome(tuple(row for row in rows if row.text and not _MARKUP.fullmatch(row.text)))


def tighten(text: str) -> str:
    """The text without layout spaces; a single space stays between two Latin words."""
    parts = _WORD_SPACE.split(text)
    return " ".join(_SPACE.sub("", part) for part in parts)


def seen(text: str) -> str:
    """The text without the characters nobody sees, the same in a notice and in a search for its words. A lone surrogate shows as U+FFFD."""
    return UNSEEN.sub(_seen, text)


def _seen(match: re.Match[str]) -> str:
    """Nothing, but for spaces, which are layout, and private characters: a notice may print a rare name with one."""
    char = match[0]
    if char.isspace() or category(char) == "Co":
        return char
    return "\ufffd" if category(char) == "Cs" else ""


def is_closed(text: str) -> bool:
    """Whether the text ends where a sentence, a clause or an announcement may end."""
    return bool(_TERMINAL.search(text))


def is_running(text: str) -> bool:
    """Whether a line reads as prose rather than as a title, a name or a date."""
    return "。" in text or is_closed(text) or "，" in text or len(tighten(text)) > 60


def _clean(raw: str) -> str:
    return _HEADING_MARK.sub("", seen(raw).strip())


def _without_chrome(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    kept = tuple(line for line in lines if not _is_chrome(line.text))
    if len(kept) == len(lines):
        return lines
    return tuple(line for i, line in enumerate(kept) if not _is_page_title(line, kept[i + 1 : i + 2]))


def _is_chrome(text: str) -> bool:
    return "。" not in text and bool(_CHROME_START.match(tighten(text)))


def _is_page_title(line: Line, following: tuple[Line, ...]) -> bool:
    """A web page prints the title above its own byline and the notice prints it again."""
    return any(tighten(line.text) == tighten(other.text) for other in following) and not is_running(line.text)
