"""`youju serve`: the same screens in a browser of this machine. There is no login, so nobody else's machine is let in."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from importlib.resources import files
from pathlib import Path

from tui.text.console import OK, USAGE, tell

HOST = "127.0.0.1"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, metavar="PORT", help="本机的端口，不写为 8000")


def run(arguments: argparse.Namespace) -> int:
    port = arguments.port
    if importlib.util.find_spec("textual_serve") is None:
        tell("在浏览器里打开需要另装：pip install 'youju[web]'。")
        return USAGE
    tell(f"请在浏览器打开 http://{HOST}:{port} 。只有本机能打开，没有登录。按 Ctrl+C 结束。")
    try:
        serve(port)
    except (OSError, OverflowError):
        tell(f"端口 {port} 不能用，请用 --port 换一个。")
        return USAGE
    return OK


def serve(port: int) -> None:
    """Until interrupted; one process of the application for each page that is opened."""
    from rich.console import Console
    from textual_serve.server import Server

    class Quiet(Server):  # type: ignore[misc, unused-ignore]
        """Without the package's banner, and without its log, which would show local variables and so the claim."""

        def initialize_logging(self) -> None:
            self.console = Console(quiet=True)

    templates = Path(str(files("tui").joinpath("web")))
    Quiet(f'"{sys.executable}" -P -m tui.app', host=HOST, port=port, title="有据", templates_path=templates).serve()

