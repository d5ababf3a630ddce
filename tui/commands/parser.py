"""argparse in Chinese. Its own messages are English; they are told again here, and one this table does not know is told in general words."""

from __future__ import annotations

import argparse
import re
import sys
from typing import NoReturn

from grammar.source import visible

_SAID: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"the following arguments are required: (.+)"), "缺少 {0}"),
    (re.compile(r"unrecognized arguments?: (.+)"), "不认识 {0}"),
    (re.compile(r"argument (\S+).*: invalid choice: '?(.*?)'? \((?:maybe you meant.*?)?choose from (.+)\)"), "{0} 不能是“{1}”，可选：{2}"),
    (re.compile(r"argument (\S+).*: expected one argument"), "{0} 后面要写一个值"),
    (re.compile(r"argument (\S+).*: expected at least one argument"), "{0} 后面至少要写一个值"),
    (re.compile(r"argument (\S+).*: not allowed with argument (\S+)"), "{0} 不能与 {1} 同用"),
    (re.compile(r"argument (\S+).*: ignored explicit argument"), "{0} 后面不用写值"),
    (re.compile(r"argument (\S+).*: invalid .* value: '?(.*?)'?"), "{0} 不能是“{1}”"),
)
USAGE_HEAD = "用法："


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Usage with a Chinese head."""

    def add_usage(self, usage: str | None, actions: object, groups: object, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, USAGE_HEAD)  # type: ignore[arg-type]


class Parser(argparse.ArgumentParser):
    """One command's words. Wrong usage says what is wrong, shows the usage, and exits with 2."""

    def __init__(self, prog: str, description: str) -> None:
        super().__init__(prog=prog, description=description, add_help=False, allow_abbrev=False, formatter_class=Formatter)
        self.color = False
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def settle(self) -> None:
        """Once every word is declared: parse_intermixed_args would cut the English head off a usage it makes itself, seven characters."""
        self.usage = self.format_usage().removeprefix(USAGE_HEAD).strip()

    def format_help(self) -> str:
        return re.sub(r"(?m)^(参数|选项):$", r"\1：", super().format_help())

    def error(self, message: str) -> NoReturn:
        print(visible(f"{self.prog}：{in_chinese(message)}。"), file=sys.stderr)
        self.print_usage(sys.stderr)
        print(f"详见 {self.prog} --help", file=sys.stderr)
        raise SystemExit(2)


def in_chinese(message: str) -> str:
    for pattern, said in _SAID:
        match = pattern.fullmatch(message)
        if match:
            return said.format(*(group.replace("'", "").replace(", ", "、") for group in match.groups()))
    return "用法不对"
