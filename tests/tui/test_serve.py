"""`youju serve`: what it says without its extra or its port, and that its page asks nothing of any other machine."""

import importlib.util
import re
import sys
from importlib.resources import files
from typing import Any

import pytest

from tui.cli import main
from tui.commands import serve


def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    monkeypatch.setattr(sys, "argv", ["youju", "serve", *words])
    code = main()
    return code, capsys.readouterr().err


def with_extra(monkeypatch: pytest.MonkeyPatch, present: bool) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: (present or None) if name == "textual_serve" else find(name, *rest))


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with_extra(monkeypatch, False)
    assert (2, "在浏览器里打开需要另装：pip install 'youju[web]'。\n") == said(monkeypatch, capsys)


def test_a_port_in_use_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with_extra(monkeypatch, True)

    def taken(port: int) -> None:
        raise OSError(98, "address already in use")

    monkeypatch.setattr(serve, "serve", taken)
    code, told = said(monkeypatch, capsys, "--port", "8791")
    assert (2, "端口 8791 不能用，请用 --port 换一个。") == (code, told.splitlines()[-1])


def test_it_serves_this_machine_only_and_says_where(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with_extra(monkeypatch, True)
    served: list[Any] = []
    monkeypatch.setattr(serve, "serve", served.append)
    code, told = said(monkeypatch, capsys, "--port", "8791")
    assert (0, [8791], True) == (code, served, "http://127.0.0.1:8791" in told)


def test_the_page_names_no_other_host_and_speaks_chinese() -> None:
    page = files("tui").joinpath("web", "app_index.html").read_text(encoding="utf-8")
    assert [] == re.findall(r"https?://|//[a-z]", page)
    assert {"有据正在打开", "有据已经退出"} <= set(re.findall(r"有据[一-鿿]{4}", page))
