"""An amount in the capital numerals of receipts: 20000 fen is 贰佰元整. Shown beside a money field, so that a slipped digit is seen."""

from __future__ import annotations

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def capital_amount(fen: int) -> str:
    """人民币大写 of an amount from 0 to below 一亿亿 yuan, in fen."""
    yuan, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    said = _whole(yuan) + "元" if yuan else ""
    if not rest:
        return (said or "零元") + "整"
    if jiao:
        said += _DIGITS[jiao] + "角"
    elif yuan:
        said += "零"
    return said + (_DIGITS[cents] + "分" if cents else "整")


def _whole(yuan: int) -> str:
    """By groups of four digits; a zero is said once where a group starts with one or a whole group is empty."""
    said, gap = "", False
    groups = _grouped(yuan)
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        if not group:
            gap = bool(said)
            continue
        said += ("零" if gap or (said and group < 1000) else "") + _group(group) + _GROUPS[index]
        gap = False
    return said


def _grouped(yuan: int) -> list[int]:
    groups = []
    while yuan:
        yuan, group = divmod(yuan, 10_000)
        groups.append(group)
    return groups


def _group(group: int) -> str:
    said, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            said += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = not digit and bool(said)
    return said
