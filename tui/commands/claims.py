"""Claim files → claims, one entry for each that was meant, in order; a faulty one keeps its place.

A file holds an object, a list, or one object a line; an object may also be a worked case, whose title and expected amounts are passed over. JSON is
read strictly: no NaN, no exponent, no key twice, no bottomless nesting; a figure with decimals stays the text it was, so that no fen is lost.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tui.text.console import reason_of

MAX_BYTES = 20_000_000
MAX_DEPTH = 24
_SECTIONS = ("政策", "就诊", "事件", "参数", "读法", "备注")
_CASE_MARKS = ("案例", "形式", "应得")
_CONTROLS = re.compile(r"Invalid control character|Invalid \\escape|Unterminated string")


class Refused(ValueError):
    """Why a text is no claim, in Chinese."""


@dataclass(frozen=True, slots=True)
class Filed:
    """One claim as filed: where it stands, its data, or why there is none."""

    where: str
    data: Any = None
    fault: str = ""


def missing_path(names: list[str]) -> str:
    """What is wrong with the paths themselves, before anything is read."""
    for name in names:
        path = Path(name)
        if name == "-":
            continue
        if path.is_dir():
            return f"“{name}”是文件夹，应写申报文件"
        if not path.exists():
            return f"找不到申报文件“{name}”"
    return "标准输入“-”只能写一次" if names.count("-") > 1 else ""


def filed_in(name: str) -> list[Filed]:
    """All claims of one file; `-` is standard input."""
    where = "标准输入" if name == "-" else name
    try:
        return entries(where, text_of(name))
    except Refused as refused:
        return [Filed(where, fault=str(refused))]
    except OSError as fault:
        return [Filed(where, fault=f"读不了文件：{reason_of(fault)}")]


def text_of(name: str) -> str:
    if name == "-":
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        with Path(name).open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise Refused(f"文件过大：超过 {MAX_BYTES // 1_000_000} MB，未读取")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Refused(f"不是 UTF-8 文字（第 {fault.start + 1} 个字节起），请另存为 UTF-8") from None
    if not text.strip():
        raise Refused("里面没有申报")
    return text


def entries(where: str, text: str) -> list[Filed]:
    """All claims of a text."""
    try:
        data = read_json(text)
    except Refused as refused:
        lines = [(n, line) for n, line in enumerate(re.split(r"\r\n|\r|\n", text), 1) if line.strip()]
        if not _is_lines([line for _, line in lines]):
            return [Filed(where, fault=str(refused))]
        return [entry for n, line in lines for entry in _line(f"{where} 第{n}行", line)]
    if isinstance(data, list):
        if not data:
            return [Filed(where, fault="列表里没有申报")]
        return [entry for n, item in enumerate(data, 1) for entry in _claims(f"{where} 第{n}项" if len(data) > 1 else where, item)]
    return _claims(where, data)


def _is_lines(lines: list[str]) -> bool:
    """Whether a text that is not one JSON value is one object a line: not a list, and objects begin at the margin more than once."""
    return not lines[0].startswith("[") and len(lines) > 1 and sum(line.startswith("{") for line in lines) > 1


def _line(where: str, line: str) -> list[Filed]:
    try:
        return _claims(where, read_json(line))
    except Refused as refused:
        return [Filed(where, fault=str(refused))]


def _claims(where: str, data: Any) -> list[Filed]:
    """A claim as it is; a worked case without what is not of the claim, 多人 as one claim a visit."""
    if not isinstance(data, dict) or not any(mark in data for mark in _CASE_MARKS):
        return [Filed(where, data)]
    kept = {name: data[name] for name in _SECTIONS if name in data}
    if "政策" not in kept and isinstance(data.get("案例"), str):
        kept["政策"] = data["案例"].partition("/")[0]
    visits = kept.get("就诊")
    if data.get("形式") == "多人" and isinstance(visits, list):
        return [Filed(f"{where} 第{n}人", kept | {"就诊": [visit]}) for n, visit in enumerate(visits, 1)]
    return [Filed(where, kept)]


# --- JSON ----------------------------------------------------------------------------------------------------------------------------------------


def read_json(text: str) -> Any:
    """The value of a JSON text, or Refused with the reason and the place."""
    try:
        data = json.loads(text, parse_constant=_constant, parse_float=_decimal, parse_int=_whole, object_pairs_hook=_object)
    except json.JSONDecodeError as fault:
        raise Refused(f"不是完整的 JSON：第{fault.lineno}行第{fault.colno}列附近{_reason(fault)}") from None
    except RecursionError:
        raise Refused(_TOO_DEEP) from None
    if _is_too_deep(data):
        raise Refused(_TOO_DEEP)
    return data


_TOO_DEEP = f"括号嵌套超过 {MAX_DEPTH} 层，未读取"


def _reason(fault: json.JSONDecodeError) -> str:
    if fault.msg == "Extra data":
        return "多出了内容"
    return "的文字没有写完或者有不允许的字符" if _CONTROLS.match(fault.msg) else "写法不对"


def _constant(name: str) -> Any:
    raise Refused(f"不接受 {name}：金额和比例要写成确切的数")


def _decimal(text: str) -> str:
    if "e" in text.lower():
        raise Refused(f'不接受科学计数法：{text[:40]}。金额应写成文字，例如 "1234.50"')
    return text


def _whole(text: str) -> int | str:
    return int(text) if len(text) <= 20 else text


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Refused(f"栏目“{twice[:40]}”写了两次，不知道以哪个为准")
    return made


def _is_too_deep(data: Any) -> bool:
    level = [data]
    for _ in range(MAX_DEPTH):
        level = [child for value in level for child in _children(value)]
        if not level:
            return False
    return True


def _children(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
