"""Strings that want to be markup, escape sequences or invisible are shown and never obeyed; a crash tells nothing of the claim."""

import asyncio
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from interpreter.graph import Anchor
from interpreter.notice import Notice, Unit, UnitKind
from tui.dump import settle
from tui.screens.assess import AssessScreen
from tui.screens.case import opened
from tui.screens.picker import Picker
from tui.screens.samples import Sample
from tui.screens.youju import YoujuApp, application, crash_text
from tui.trace_rows import Part, Sign, Step
from tui.widgets.bars import KeyLine, StatusLine
from tui.widgets.fields import TextField
from tui.widgets.form import FieldRow
from tui.widgets.prose import Prose
from tui.widgets.source_pane import SourcePane
from tui.widgets.trace_tree import row_label
from tui.widgets.waterfall import Share, Waterfall

ROOT = Path(__file__).resolve().parents[2]
PAYLOADS = (
    "诊断[/red]肺炎",
    "[red]红[/]",
    "[@click=app.quit]点[/]",
    "[link=https://例.invalid]链[/link]",
    "\x1b]52;c;ZWNobw==\x07",
    "\x9b2J",
    "\u202e0001\u202c",
    "肺\u200b炎",
    "$error [type=x, v={'a[0]'}]",
)
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f]")


def painted(app: Any) -> str:
    """Every character that is sent for the screen, without the styles."""
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    return "\n".join("".join(segment.text for strip in line for segment in strip) for line in update.strips)


def check(app: Any, payload: str) -> None:
    shown = painted(app)
    assert not UNSEEN.search(shown)
    if payload.startswith(("诊断", "[")):
        assert payload.split("]")[0] in shown


def test_hostile_data_is_inert_in_every_pane() -> None:
    async def run() -> None:
        app, message = application()
        assert app, message
        async with app.run_test(size=(120, 40)) as pilot:
            for payload in PAYLOADS:
                await settle(pilot)
                await show_everywhere(app, pilot, payload)

    asyncio.run(run())


async def show_everywhere(app: YoujuApp, pilot: Pilot[Any], payload: str) -> None:
    screen = app.visited["assess"]
    assert isinstance(screen, AssessScreen)
    visit = {f.term.name: payload for f in screen.case.fields if f.group.value == "就诊" and not f.is_list}
    await screen.look_at(opened(screen.case.policy, Sample("fumeng-2022", payload, payload, {"就诊": [visit]})))
    await settle(pilot)
    check(app, payload)
    screen.query_one(StatusLine).show(("有据", payload), (payload,), True)
    screen.query_one(KeyLine).show(payload)
    screen.query_one(Waterfall).show((Share(payload, "10.00", True), Share(payload, payload)))
    screen.query_one("#detail", Prose).show((payload, ""), (payload, "bold"))
    tree = screen.query_one("#trace")
    tree.root.add(row_label(Step("/x", Part.STATEMENT, Sign.DECIDED, payload, payload)))  # type: ignore[attr-defined]
    source = screen.query_one(SourcePane)
    source.open_notice(Notice("k", payload, (Unit(f"k/{payload}/s1", UnitKind.SENTENCE, payload, 1, 1),)))
    source.show([Anchor(f"k/{payload}/s1", payload, 0, len(payload))])
    await settle(pilot)
    check(app, payload)
    app.push_screen(Picker(payload, [payload, payload], [0], True))
    await settle(pilot)
    check(app, payload)
    app.pop_screen()
    assert app.is_running


def test_hostile_text_pasted_into_every_field_is_written_out() -> None:
    async def run() -> None:
        app, message = application()
        assert app, message
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            for payload in PAYLOADS:
                for row in app.visited["assess"].query(FieldRow):
                    if isinstance(row.editor, TextField):
                        row.editor.post_message(Paste(payload))
                await pilot.pause(0.3)
            assert not [r for r in app.visited["assess"].query(FieldRow) if isinstance(r.editor, TextField) and UNSEEN.search(r.editor.value)]
            check(app, "")
            assert app.desk.case.faults

    asyncio.run(run())


# --- how it ends


def test_a_crash_names_the_place_and_not_the_claim() -> None:
    try:
        secret = "王小明 110101199003078888"
        raise ValueError(secret)
    except ValueError as error:
        said = crash_text(error)
    assert "王小明" not in said and "1101" not in said
    assert "代码 ValueError@test_screen_hostile:" in said


RUN = "import sys; from tui.app import main; sys.exit(main())"
CRASH = """
import sys
sys.path.insert(0, {root!r})
from tui.screens import assess
def broken(self):
    secret = "王小明 110101199003078888"
    raise KeyError(secret)
assess.AssessScreen.action_help = broken
from tui.app import main
sys.exit(main())
"""


def in_terminal(code: str, act: Any) -> tuple[int, str]:
    """Runs a program in a terminal of its own; `act` gets its descriptor and process once the first screen stands."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color"}
    command = [sys.executable, "-c", code]
    child = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, start_new_session=True, env=environment)
    os.close(theirs)
    seen = read_until(ours, "推理链".encode(), 20)
    act(ours, child)
    seen += read_until(ours, None, 10)
    code_ = child.wait(timeout=10)
    os.close(ours)
    return code_, seen.decode("utf-8", "replace")


def read_until(descriptor: int, mark: bytes | None, seconds: float) -> bytes:
    seen, end = b"", time.monotonic() + seconds
    while time.monotonic() < end and (mark is None or mark not in seen):
        if select.select([descriptor], [], [], 0.2)[0]:
            try:
                part = os.read(descriptor, 65536)
            except OSError:
                break
            if not part:
                break
            seen += part
    return seen


def test_after_a_crash_the_terminal_is_restored_and_nothing_private_was_printed() -> None:
    def act(descriptor: int, child: Any) -> None:
        time.sleep(0.5)
        os.write(descriptor, b"?")

    code, seen = in_terminal(CRASH.format(root=str(ROOT)), act)
    assert 70 == code
    assert "KeyError" in seen and "已退出" in seen
    assert "王小明" not in seen and "110101" not in seen
    assert "\x1b[?1049l" in seen


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=["term", "hup"])
def test_a_signal_restores_the_terminal(number: signal.Signals) -> None:
    def act(descriptor: int, child: Any) -> None:
        time.sleep(0.5)
        child.send_signal(number)

    code, seen = in_terminal(RUN, act)
    assert 128 + number == code
    assert "\x1b[?1049l" in seen


def test_quitting_is_not_a_fault() -> None:
    def act(descriptor: int, child: Any) -> None:
        time.sleep(0.5)
        os.write(descriptor, b"q")

    code, _ = in_terminal(RUN, act)
    assert 0 == code


def test_without_a_terminal_it_says_so() -> None:
    done = subprocess.run([sys.executable, "-c", RUN], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert 2 == done.returncode
    assert "youju --help" in done.stderr
