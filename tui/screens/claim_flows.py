"""What is asked around a claim: which file, which event, what to do with what is not saved. To be awaited in a worker of 核定.

A fault is said in the form, which keeps what was typed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from corpus.drafts import Changed, Fault, Opened, save_text
from corpus.workspace import Policy
from tui.claims.changes import events_said, with_event, without_event
from tui.claims.files import PRIVATE, ClaimFile, claim_text, empty_claim, is_alone, read_file, sample_of, shape_fault
from tui.claims.files import said as said_fault
from tui.claims.files import save_claim as save_file
from tui.commands.claims import Filed
from tui.draft.dialogs import Ask, Form
from tui.screens.case import Case, opened
from tui.screens.path_form import PathForm
from tui.screens.picker import Picker

if TYPE_CHECKING:
    from tui.screens.claim_work import ClaimWork
    from tui.screens.place import Place


# --- opening


async def ask_open(place: ClaimWork) -> None:
    typed, message = "", ""
    while typed := await place.app.push_screen_wait(PathForm("打开申报", "申报文件（.json）", typed, message)):
        message = await open_path(place, typed)
        if not message:
            return


async def open_path(place: ClaimWork, typed: str) -> str:
    """The claim of a file on the screen, of several the one chosen; or why not."""
    file, entries, message = read_file(Path(typed).expanduser())
    if file is None:
        return message
    picked = await place.app.push_screen_wait(Picker("打开哪一笔", [_entry(e) for e in entries])) if len(entries) > 1 else (0,)
    return await _open(place, file, entries[picked[0]]) if picked else ""


def _entry(filed: Filed) -> str:
    note = filed.data.get("备注") if isinstance(filed.data, dict) else ""
    return f"{filed.where}　{filed.fault or (note if isinstance(note, str) else '')}".rstrip("　")


async def _open(place: ClaimWork, file: Opened, filed: Filed) -> str:
    """The claim on the screen, or why not."""
    fault = shape_fault(filed)
    if fault:
        return f"{filed.where}：{fault}"
    policy, fault = _policy_of(place, filed.data.get("政策"))
    if policy is None:
        return fault
    case = opened(policy, sample_of(policy, filed))
    alone = is_alone(file, filed)
    await place.open_file(ClaimFile(case.sample, file if alone else None, case.data), case)
    if not alone:
        place.say("文件里不只这一笔申报：保存时另写一个文件")
    return ""


def _policy_of(place: ClaimWork, named: object) -> tuple[Policy | None, str]:
    """The policy that a claim names: the one in use where it names none or that one."""
    if named is None or named == place.case.policy.key:
        return place.case.policy, ""
    known = place.desk.workspace.keys()
    if not isinstance(named, str) or named not in known:
        return None, f"申报写的政策是“{str(named)[:40]}”，这里没有；请先用“打开政策…”打开它"
    return _usable(place, named)


def _usable(place: ClaimWork, name: str) -> tuple[Policy | None, str]:
    policy, message = place.desk.workspace.policy(name)
    if policy is not None and not policy.compiled().usable:
        return None, f"这个政策有错误，不能使用。请先用 youju check {name} 查看。"
    return policy, message


async def ask_policy(place: ClaimWork) -> None:
    typed, message, known = "", "", place.desk.workspace.keys()
    while typed := await place.app.push_screen_wait(PathForm("打开政策", "文件夹、.policy 文件，或者代号", typed, message, ".policy")):
        name = typed if typed in known else str(Path(typed).expanduser())
        policy, message = _usable(place, name.rstrip("/") or "/")
        if policy is not None:
            await place.look_at(opened(policy, empty_claim(policy)))
            return


async def new_claim(place: ClaimWork) -> None:
    await place.begin(empty_claim(place.case.policy))


# --- saving


async def save_claim(place: ClaimWork, elsewhere: bool = False) -> bool:
    """False when it was not saved after all."""
    file = place.desk.file
    if file is None:
        file = ClaimFile(place.case.sample)
        place.desk.files.append(file)
    if file.opened is None or elsewhere:
        return await _save_as(place, file)
    result = save_file(file.opened, place.case.policy, place.case.data)
    if isinstance(result, Changed):
        words = "文件不在了" if result.gone else "文件在打开以后被别处改过"
        answer = await place.app.push_screen_wait(Ask("保存申报", f"{words}，没有保存。", ("另存为…", "用这里的覆盖它", "不保存")))
        if answer == 0:
            return await _save_as(place, file)
        if answer != 1:
            return False
        result = save_file(file.opened, place.case.policy, place.case.data, over=True)
    return _saved(place, file, result)


async def _save_as(place: ClaimWork, file: ClaimFile) -> bool:
    typed = str(file.opened.path) if file.opened else "申报.json"
    done = await write_new(place, "保存申报", typed, ".json", claim_text(place.case.policy, place.case.data))
    return done is not None and _saved(place, file, done)


async def write_new(place: Place, title: str, typed: str, ending: str, text: str) -> Opened | None:
    """A file that is asked for; one that is there is replaced only when that is said."""
    message = ""
    while typed := await place.app.push_screen_wait(PathForm(title, "存到哪个文件", typed, message, ending)):
        path = Path(typed).expanduser().absolute()
        result = Fault(f"“{path.name}”是文件夹") if path.is_dir() else save_text(Opened(path), text, mode=PRIVATE)
        if isinstance(result, Changed):
            if await place.app.push_screen_wait(Ask(title, f"“{path.name}”已经有了。", ("换个名字", "覆盖它"))) != 1:
                message = ""
                continue
            result = save_text(Opened(path), text, over=True, mode=PRIVATE)
        if isinstance(result, Opened):
            return result
        message = said_fault(result) if isinstance(result, Fault) else "没有保存"
    return None


async def ask_export(place: ClaimWork) -> None:
    from tui.export.formats import FORMATS

    picked = await place.app.push_screen_wait(Picker("导出成什么", [f.title for f in FORMATS]))
    if not picked:
        return
    chosen, file = FORMATS[picked[0]], place.desk.file
    stem = file.opened.path.stem if file and file.opened else f"{place.case.policy.key}.{place.case.sample.name}".rstrip(".")
    done = await write_new(place, "导出", f"{stem}-核定{chosen.ending}", chosen.ending, chosen.write(place.case))
    if done is not None:
        place.say(f"已导出到 {done.path}")
        place.note_run("--json" if chosen.ending in (".json", ".csv") else "--explain")


def _saved(place: ClaimWork, file: ClaimFile, result: Opened | Changed | Fault) -> bool:
    if not isinstance(result, Opened):
        place.say(said_fault(result) if isinstance(result, Fault) else "没有保存", wrong=True)
        return False
    file.opened, file.saved = result, place.case.data
    place.say(f"已保存到 {result.path}")
    place.note_run()
    place.restate()
    return True


async def ask_leave(place: ClaimWork) -> bool:
    answer = await place.app.push_screen_wait(Ask("退出", "申报还没有保存。", ("保存", "不保存就退出", "不退出")))
    return answer == 1 or (answer == 0 and await save_claim(place))


# --- events


async def ask_event(place: ClaimWork) -> None:
    case = place.case
    names = [e.name for e in case.policy.compiled().book.events]
    picked = await place.app.push_screen_wait(Picker("加哪一个事件", names)) if len(names) > 1 else (0,)
    visits = [f"第{n}笔" for n in range(1, case.visits + 1)]
    touched = await place.app.push_screen_wait(Picker(f"{names[picked[0]]}：哪一笔", visits, (case.visit,))) if picked and len(visits) > 1 else (0,)
    if not picked or not touched:
        return
    fields, message = (("核定日期（年-月-日，可以不写）", ""),), ""
    while given := await place.app.push_screen_wait(Form(f"第{touched[0] + 1}笔{names[picked[0]]}", fields, message)):
        after = with_event(case, names[picked[0]], touched[0], given[0])
        message = _fault_of(case, after)
        if not message:
            await place.change(after)
            return
        fields = ((fields[0][0], given[0]),)


def _fault_of(before: Case, after: Case) -> str:
    """What the change made wrong."""
    return next((f for f in after.faults if f not in before.faults), "")


async def ask_event_gone(place: ClaimWork) -> None:
    picked = await place.app.push_screen_wait(Picker("删哪一个事件", events_said(place.case)))
    if picked:
        await place.change(without_event(place.case, picked[0]))
