"""`youju draft`: the screens, at the place where policies are written. Textual comes in only once there is something to open."""

from __future__ import annotations

import argparse

from corpus.workspace import Workspace
from tui.draft.opening import open_project
from tui.text.console import USAGE, tell


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("policy", metavar="POLICY", help="政策：文件夹或者 .policy 文件的路径；随附的政策也可以写代号，但只读")


def run(arguments: argparse.Namespace) -> int:
    project, message = open_project(Workspace.open(), arguments.policy)
    if project is None:
        tell(message)
        return USAGE
    from tui.app import main

    return main(draft=arguments.policy)
