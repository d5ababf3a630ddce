"""What an official document carries besides its text: number, issuer, addressees, date, disclosure, copies.

Each question is asked of a single line. They are apart from `front` because the same lines stand at the head of a covering letter, at its foot and
after the last article, and only their place tells 落款 from 印发机关.
"""

import re
from enum import StrEnum

from corpus.lines import tighten


class Mark(StrEnum):
    """The kind of a document line that is no text of the notice."""

    NUMBER = "文号"
    SIGNER = "签发人"
    COPIES = "抄送"
    DISCLOSURE = "公开"
    DATE = "日期"
    COLOPHON = "版记"
    ADOPTED = "公布"
    ANNEXES = "附件"
    LETTERHEAD = "文件"
    BODY = "机关"


_DIGIT = "[0-9０-９〇○零一二三四五六七八九十]"
_DATE = rf"{_DIGIT}{{4}}年{_DIGIT}{{1,3}}月{_DIGIT}{{1,3}}日"
_SUFFIX = "办公室|办公厅|人民政府|委员会|委|办|局|厅|部|院|署|政府|中心|股|科|处|联合会|总会|公司|银行|领导小组|党组|秘书组|管委会|分局"
_PATTERNS: tuple[tuple[Mark, re.Pattern[str]], ...] = (
    (Mark.NUMBER, re.compile(r"[^，。：:]{1,20}[〔［\[﹝(（【]\d{4}[〕］\]﹞)）】]第?\d{1,5}号")),
    (Mark.SIGNER, re.compile(r"签发人?[：:][^。]{0,30}")),
    (Mark.COPIES, re.compile(r"(抄送|抄报|分送)[：:].*")),
    (Mark.DISCLOSURE, re.compile(r"[（(]?(公开属性|信息公开选项|公开方式|公开范围|此件|本件|主动公开|依申请公开|不予公开)[^。]{0,20}[)）]?")),
    (Mark.DATE, re.compile(rf"{_DATE}(印发|发布)?|[（(]{_DATE}[)）]")),
    (Mark.COLOPHON, re.compile(rf"[^。：:]{{2,40}}{_DATE}(印发|印)")),
    (Mark.ADOPTED, re.compile(rf"[（(]?(根据)?{_DATE}[^。]*(通过|公布|发布|批准|修正|修正案|修订|施行|号|根据)[)）]?")),
    (Mark.ANNEXES, re.compile(r"附件?[：:].+")),
    (Mark.LETTERHEAD, re.compile(r"[^，。：:；《]{0,60}文件([^，。：:；《]{2,40})?")),
    (Mark.BODY, re.compile(rf"[^，。：:；《》（(0-9]{{0,28}}(?:{_SUFFIX})")),
)
_ADDRESSEES = re.compile(r"(各|省|市|县|区|旗|有关|局|本)[^。]*[：:]")
_ANNOUNCEMENT = re.compile(r"如下|下列|以下|通知|现将|根据|按照")


def mark_of(text: str) -> Mark | None:
    """The kind of this line, or None if it is text or a title."""
    tight = tighten(text)
    if len(tight) > 300:
        return None
    return next((mark for mark, pattern in _PATTERNS if pattern.fullmatch(tight)), None)


def is_addressees(text: str) -> bool:
    """Whether the line names the bodies a letter is sent to (主送机关) and ends in a colon."""
    tight = tighten(text)
    return len(tight) <= 300 and bool(_ADDRESSEES.fullmatch(tight)) and not _ANNOUNCEMENT.search(tight)


def place_of(body: str) -> str:
    """The place a body belongs to (甲乙县财政局 → 甲乙), by its own name; empty if the name shows none."""
    found = re.match(r"(.{2,6}?)(?:自治县|自治州|自治区|省|市|县|区|旗|州|盟)", tighten(body))
    return found.group(1) if found else ""
