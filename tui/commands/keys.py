"""`youju keys`: where the person's own keys stand, what is wrong with them, and the file that changes nothing."""

from __future__ import annotations

import argparse

from tui.text.console import FAULTS, OK, say, tell


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--print-default", action="store_true", help="打印默认的按键，可以存成 keys.toml 再改")


def run(arguments: argparse.Namespace) -> int:
    from tui.keymap import keys_path, own_keys, printed
    from tui.screens.key_names import all_keys

    names = all_keys()
    if arguments.print_default:
        say(printed(names))
        return OK
    path = keys_path()
    chosen, faults = own_keys(path, names)
    say(f"{path}：{f'改了 {len(chosen)} 个动作的键' if path.is_file() else '没有这个文件，全部是默认的键'}")
    for fault in faults:
        tell(fault)
    return FAULTS if faults else OK
