"""What stands on the screen, as text. To accept a change: YOUJU_ACCEPT=1 pytest tests/tui/test_screen_golden.py, then read the difference."""

import asyncio
import os
from pathlib import Path

import pytest

from tui.dump import dump

GOLDEN = Path(__file__).parent / "golden"

SCREENS = {
    "wide-county-stay": (120, 40, "fumeng-2022", "a-county-stay", ""),
    "wide-two-stays-second-visit": (120, 40, "fumeng-2022", "b-two-stays", "right_square_bracket"),
    "wide-missing-parameter": (120, 40, "linxi-2017", "c-undetermined", "f2"),
    "narrow-undetermined": (80, 24, "fumeng-2022", "c-undetermined", ""),
    "narrow-claim": (80, 24, "linxi-2017", "a-diabetes", "f2"),
    "narrow-waterfall": (80, 24, "linxi-2017", "a-diabetes", "f3"),
    "narrow-help": (80, 24, "fumeng-2022", "a-county-stay", "f1"),
    "wide-draft": (120, 40, "susong-2006", "", "2 wait f9"),
    "narrow-draft": (80, 24, "susong-2006", "", "2 wait f7 wait"),
    "narrow-draft-notice": (80, 24, "susong-2006", "", "2 wait f2 down down"),
    "wide-readings": (120, 40, "linxi-2017", "a-diabetes", "d wait down"),
    "narrow-readings": (80, 24, "linxi-2017", "a-diabetes", "d wait down"),
    "narrow-list": (80, 24, "gansu-2018", "a-county-stay", "f2" + " shift+tab" * 7 + " enter down right"),
    "wide-search": (120, 40, "fumeng-2022", "a-county-stay", "3 住 院 space minus 门 诊 enter wait"),
    "narrow-search": (80, 24, "fumeng-2022", "a-county-stay", "3 社 会 space 主 义 enter wait down f4"),
    "narrow-search-empty": (80, 24, "fumeng-2022", "a-county-stay", "3"),
    "wide-compare": (120, 40, "anyi-2018", "a-county-stay", "5 wait wait d"),
    "narrow-compare": (80, 24, "anyi-2018", "a-county-stay", "5 wait wait d end"),
    "wide-history-empty": (120, 40, "fumeng-2022", "a-county-stay", "4"),
    "wide-history": (120, 40, "fumeng-2022", "a-county-stay", "r n r 4 c down d"),
    "narrow-history": (80, 24, "fumeng-2022", "a-county-stay", "r n r 4 down"),
    "narrow-history-filter": (80, 24, "fumeng-2022", "a-county-stay", "r n r 4 slash 低 保 对 象 enter wait slash"),
    "wide-whynot": (120, 40, "fumeng-2022", "a-county-stay", "f7 wait down wait tab tab"),
    "narrow-whynot": (80, 24, "fumeng-2022", "a-county-stay", "f7 wait end wait"),
    "wide-whatif": (120, 40, "fumeng-2022", "a-county-stay", "f7 wait down wait f6 wait"),
    "narrow-whatif": (80, 24, "fumeng-2022", "a-county-stay", "f7 wait down wait f6 wait"),
    "narrow-whatif-curve": (80, 24, "fumeng-2022", "a-county-stay", "f6 wait f4"),
}


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_as_accepted(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_HOME", str(tmp_path))
    monkeypatch.setattr("tui.search.finder.clock", lambda: 0.0)
    monkeypatch.setattr("tui.recording.now", lambda: "2026-11-24T09:12:05Z")
    width, height, policy, sample, keys = SCREENS[name]
    shown = asyncio.run(dump(width, height, policy, sample, tuple(keys.split()))) + "\n"
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("YOUJU_ACCEPT"):
        path.write_text(shown, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == shown
