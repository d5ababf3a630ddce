"""F8: which two are compared. To be awaited in a worker of 对比; gives a pair, why there is none, or None where nothing was chosen."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from tui.compare.pairs import Pair, claim_pair, moving_readings, policy_pair, reading_pair, record_pair, swapped, visit_pair
from tui.screens.case import Case
from tui.screens.path_form import PathForm
from tui.screens.picker import Picker
from tui.screens.samples import samples

if TYPE_CHECKING:
    from tui.screens.compare import CompareScreen

Chosen = Pair | str | None

_READING, _POLICY, _FILE, _CLAIM, _VISIT = "默认读法和另一种读法…", "另一个政策…", "另一个版本，政策文件…", "另一笔申报…", "同一笔里的两次就诊…"
_RECORDS, _SWAP = "历史里选的甲、乙", "甲、乙对调"


async def ask_pair(place: CompareScreen) -> Chosen:
    case, marked = place.desk.case, place.desk.marked
    ready = case.decision is not None and not case.faults
    ways = [_READING, _POLICY, _FILE, _CLAIM] if ready else []
    ways += [_VISIT] if ready and case.visits > 1 else []
    ways += [_RECORDS] if len(marked) == 2 else []
    ways += [_SWAP] if place.pair else []
    if not ways:
        return "眼前这一笔填报有误，没有可以比较的。在核定（1）改好再来。"
    picked = await _pick(place, f"比较什么　眼前这一笔：{case.sample.title}", ways)
    match ways[picked] if picked is not None else "":
        case "":
            return None
        case way if way == _READING:
            return await _reading(place, case)
        case way if way == _POLICY:
            return await _policy(place, case)
        case way if way == _FILE:
            return await _file(place, case)
        case way if way == _CLAIM:
            return await _claim(place, case)
        case way if way == _VISIT:
            return await _visits(place, case)
        case way if way == _RECORDS:
            return record_pair(place.desk.workspace, marked)
        case _:
            return swapped(place.pair) if place.pair else None


async def _pick(place: CompareScreen, title: str, options: list[str]) -> int | None:
    picked = await place.app.push_screen_wait(Picker(title, options))
    return picked[0] if picked else None


async def _reading(place: CompareScreen, case: Case) -> Chosen:
    """Those that change the result first; several may be ticked."""
    place.busy("正在试算各种读法……")
    rows = await asyncio.to_thread(moving_readings, case)
    place.busy("")
    if not rows:
        return "这个政策没有登记读法"
    titles = {r.id: r.title for r in case.policy.compiled().book.readings}
    options = [f"{'◆' if differs else '　'} {name} {titles.get(name, '')}：{label}" for name, label, differs in rows]
    picked = await place.app.push_screen_wait(Picker("乙取哪种读法　◆ 结果不同", options, several=True))
    return reading_pair(case, {rows[n][0]: rows[n][1] for n in picked}) if picked else None


async def _policy(place: CompareScreen, case: Case) -> Chosen:
    known = place.desk.workspace.keys()
    keys = [key for key in known if key != case.policy.key]
    picked = await _pick(place, "乙按哪个政策", keys)
    return None if picked is None else _under(place, case, keys[picked])


async def _file(place: CompareScreen, case: Case) -> Chosen:
    typed = await place.app.push_screen_wait(PathForm("另一个版本", "文件夹或者 .policy 文件", "", "", ".policy"))
    return _under(place, case, str(Path(typed).expanduser())) if typed else None


def _under(place: CompareScreen, case: Case, name: str) -> Pair | str:
    policy, message = place.desk.workspace.policy(name)
    if policy is None:
        return message
    return policy_pair(case, policy) if policy.compiled().usable else f"这个政策有错误，不能使用。请先用 youju check {name} 查看。"


async def _claim(place: CompareScreen, case: Case) -> Chosen:
    others = [s for s in samples(case.policy.key) if s.name != case.sample.name]
    if not others:
        return "这个政策没有别的样例"
    picked = await _pick(place, "乙是哪一笔", [s.title for s in others])
    return None if picked is None else claim_pair(case, others[picked])


async def _visits(place: CompareScreen, case: Case) -> Chosen:
    titles = [f"第{n + 1}笔就诊" for n in range(case.visits)]
    first = await _pick(place, "甲是哪一笔就诊", titles)
    second = None if first is None else await _pick(place, "乙是哪一笔就诊", titles)
    return None if first is None or second is None else visit_pair(case, first, second)
