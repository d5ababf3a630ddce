"""`youju`: finds the command, lets it run, and answers for whatever happens. Nothing heavy is imported before the command that needs it.

stdout is data, stderr is talk. Exit codes: 0 done, 1 the policy or the claim has faults, 2 wrong usage, 70 our own mistake, 130 interrupted,
128+n ended by signal n.
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from typing import Protocol, cast

from tui.commands.parser import USAGE_HEAD, Parser
from tui.text.console import CRASHED, FAULTS, INTERRUPTED, OK, USAGE, internal_fault, prepare_streams, reason_of, say, tell
from tui.text.layout import columns


class Module(Protocol):
    """What a command's module holds."""

    def configure(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, arguments: argparse.Namespace) -> int: ...


@dataclass(frozen=True, slots=True)
class Command:
    """One row of the list: the words typed, what it does, and the module that does it, imported only when it is asked for."""

    name: str
    help: str
    module: str


COMMANDS: tuple[Command, ...] = (
    Command("run", "核算一笔或多笔申报，给出金额、依据和理由", "tui.commands.run"),
    Command("check", "检查政策：语法、名称、依据、数字、段落", "tui.commands.check"),
    Command("test", "运行政策里的案例和案例文件", "tui.commands.cases"),
    Command("read", "回读：每句话被读成了什么", "tui.commands.read"),
    Command("draft", "在屏幕上起草一份政策，随写随查", "tui.commands.draft"),
    Command("serve", "在本机的浏览器里打开同样的界面", "tui.commands.serve"),
    Command("fmt", "整理成规范写法，不改变含义", "tui.commands.fmt"),
    Command("graph", "规则图：谁取决于谁，依据哪一句", "tui.commands.graph"),
    Command("curve", "一个结果随一个金额怎样变，折点准到分", "tui.commands.curve"),
    Command("keys", "界面的按键：哪些改过，怎样改", "tui.commands.keys"),
    Command("corpus add", "收进一份通知", "tui.commands.corpus_add"),
    Command("corpus list", "列出已有的通知", "tui.commands.corpus_list"),
    Command("corpus show", "显示一份通知的各个单元", "tui.commands.corpus_show"),
    Command("corpus search", "在全部通知里找字词", "tui.commands.corpus_search"),
    Command("corpus units", "把通知文件拆成带编号的单元", "tui.commands.corpus_units"),
)
_HELP = ("-h", "--help", "help")


def main() -> int:
    """Run the command in sys.argv; the only place where an exception ends."""
    prepare_streams()
    try:
        code = dispatch(sys.argv[1:])
        sys.stdout.flush() if sys.stdout else None
        return code
    except BrokenPipeError:
        return _hang_up(OK)
    except KeyboardInterrupt:
        tell("已中断。")
        return INTERRUPTED
    except OSError as fault:
        tell(f"读写失败：{reason_of(fault)}。")
        return _hang_up(FAULTS)
    except Exception as fault:
        tell(internal_fault(fault))
        return CRASHED


def dispatch(words: list[str]) -> int:
    if not words or (len(words) == 1 and words[0].endswith(".json")):
        return open_screens(*words)
    if words[0] in ("--version", "-V"):
        say(f"youju {version()}")
        return OK
    if words[0] in _HELP:
        return explain(words[1:])
    found = command_of(words)
    if found is None:
        return _unknown(words)
    command, rest = found
    module = cast(Module, import_module(command.module))
    parser = Parser(f"youju {command.name}", command.help + "。")
    module.configure(parser)
    parser.settle()
    return module.run(parser.parse_intermixed_args(rest))


def command_of(words: list[str]) -> tuple[Command, list[str]] | None:
    """The command that the first words name, and the words after them."""
    for command in COMMANDS:
        parts = command.name.split()
        if words[: len(parts)] == parts:
            return command, words[len(parts) :]
    return None


def open_screens(claim: str = "") -> int:
    from tui.app import main as open_app

    return open_app(claim=claim)


def explain(words: list[str]) -> int:
    """`youju help`, `youju help run`, `youju help corpus`."""
    if words and command_of(words):
        return dispatch([*words, "--help"])
    if words and not group_of(words[0]):
        return _unknown(words)
    say(overview(group_of(words[0]) if words else COMMANDS))
    return OK


def overview(commands: tuple[Command, ...]) -> str:
    return "\n".join(
        (
            "有据：把公开的政策通知写成可执行、说得出依据的规则。\n",
            f"{USAGE_HEAD}youju [命令] [参数…]；单写 youju 打开界面，也可以写 youju 申报.json。\n",
            *columns([(f"youju {c.name}", c.help) for c in commands], lead="  "),
            "\n看一条命令的用法：youju 命令 --help；看版本：youju --version",
            "返回码：0 正常；1 政策或申报有问题；2 用法不对；70 程序自身出错；130 被中断。标准输出只有数据，说明在标准错误。",
        )
    )


def group_of(word: str) -> tuple[Command, ...]:
    return tuple(c for c in COMMANDS if c.name.startswith(f"{word} "))


def version() -> str:
    from interpreter.result import ENGINE

    return ENGINE.split()[-1]


def _unknown(words: list[str]) -> int:
    """No such command; of a group without its second word, the group's commands."""
    group = group_of(words[0])
    if group and words[1:2] and words[1] in _HELP:
        return explain(words[:1])
    if group and len(words) == 1:
        tell(f"{words[0]} 后面还要写做什么。\n\n{overview(group)}")
        return USAGE
    said = " ".join(words[: 2 if group else 1])
    near = get_close_matches(said, [c.name for c in COMMANDS], n=1, cutoff=0.5)
    tell(f"没有命令“{said[:60]}”" + (f"，是否指“{near[0]}”？" if near else "。") + "\n全部命令见 youju help")
    return USAGE


def _hang_up(code: int) -> int:
    """Nobody reads on: what is still in the buffer goes nowhere, so that closing it cannot fail again."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


if __name__ == "__main__":
    sys.exit(main())
