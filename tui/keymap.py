"""Keys by stable names: what every key of a place is called, the person's own keys in `$YOUJU_HOME/keys.toml`, and what is wrong with them.

    [assess]
    readings = "d,f12"

A name is that of the action; a fault is said in Chinese and its line passed over. No Textual screen is imported here.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from textual.binding import Binding, BindingType
from textual.keys import KEY_NAME_REPLACEMENTS, Keys, _character_to_key

from corpus.own import home

EVERYWHERE = "everywhere"
_MOST_BYTES = 100_000
_MODIFIER = re.compile(r"^(?:(?:ctrl|alt|shift|super|meta)\+)*")
_KNOWN = frozenset((*(key.value for key in Keys), *KEY_NAME_REPLACEMENTS.values()))


@dataclass(frozen=True, slots=True)
class Named:
    """An action of a place with its keys as Textual writes them."""

    place: str
    name: str
    keys: str
    said: str

    @property
    def id(self) -> str:
        return f"{self.place}.{self.name}"


def slug(action: str) -> str:
    """`app.command_palette` → command-palette, `pane('form')` → pane-form, `visit(-1)` → visit-back."""
    return re.sub(r"[^a-z0-9\u4e00-\u9fff]+", "-", action.removeprefix("app.").replace("(-1)", "(back)").lower()).strip("-")


def identified(bindings: Iterable[BindingType], place: str) -> list[BindingType]:
    """The bindings of a place, each with its name, by which the person's own keys find it."""
    made = (Binding(*b) if isinstance(b, tuple) else b for b in bindings)
    return [b if b.id else replace(b, id=f"{place}.{slug(b.action)}") for b in made]


def names_of(bindings: Iterable[BindingType]) -> tuple[Named, ...]:
    """What can be given other keys; an action bound in two pieces is one."""
    found: dict[str, Named] = {}
    for binding in bindings:
        if isinstance(binding, Binding) and binding.id:
            place, _, name = binding.id.partition(".")
            before = found.get(binding.id)
            keys = f"{before.keys},{binding.key}" if before else binding.key
            found[binding.id] = Named(place, name, keys, before.said if before else binding.description)
    return tuple(found.values())


def printed(names: Iterable[Named]) -> str:
    """The file that changes nothing."""
    lines = ["# 有据的按键。改引号里的键，几个键用逗号分开；没有写到的照旧。文件放在 $YOUJU_HOME/keys.toml"]
    place = ""
    for named in names:
        if named.place != place:
            place = named.place
            lines += ["", f"[{place}]"]
        name = named.name if named.name.isascii() else f'"{named.name}"'
        lines.append(f'{name} = "{named.keys}"  # {named.said}')
    return "\n".join(lines)


# --- the person's own ----------------------------------------------------------------------------------------------------------------------------


def keys_path() -> Path:
    return home() / "keys.toml"


def has_own_keys() -> bool:
    try:
        return keys_path().exists()
    except OSError:
        return False


def own_keys(path: Path, names: tuple[Named, ...]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Name → keys, for what may be used, and in Chinese what may not. No file is no fault."""
    tables, fault = _read(path)
    if fault:
        return {}, (fault,)
    chosen: dict[str, str] = {}
    faults: list[str] = []
    known = {named.id: named for named in names}
    for place, table in tables.items():
        for name, keys in table.items() if isinstance(table, dict) else ((None, table),):
            said = _fault_of(place, name, keys, known)
            if said:
                faults.append(f"keys.toml：{said}")
            else:
                chosen[f"{place}.{name}"] = ",".join(key.strip() for key in keys.split(","))
    clashing = _clashes(chosen, known)
    return {i: keys for i, keys in chosen.items() if i not in clashing}, (*faults, *clashing.values())


def _read(path: Path) -> tuple[Mapping[str, Any], str]:
    try:
        if not path.is_file():
            return {}, ""
        if path.stat().st_size > _MOST_BYTES:
            return {}, "keys.toml 太大，没有读"
        return tomllib.loads(path.read_text(encoding="utf-8-sig")), ""
    except UnicodeDecodeError:
        return {}, "keys.toml 不是 UTF-8 文字，没有读"
    except tomllib.TOMLDecodeError as error:
        match = re.search(r"at line ([0-9]+)", str(error))
        return {}, f"keys.toml {f'第{match[1]}行' if match else ''}写法不对，全部照默认"
    except (OSError, RecursionError):
        return {}, "keys.toml 读不了，全部照默认"


def _fault_of(place: str, name: str | None, keys: Any, known: Mapping[str, Named]) -> str:
    places = tuple(dict.fromkeys(named.place for named in known.values()))
    if place not in places:
        return f"没有“{place[:40]}”这一处{_near(place, places)}"
    if name is None:
        return f"“{place}”下面应当一行一个动作"
    if f"{place}.{name}" not in known:
        return f"{place} 没有动作“{name[:40]}”{_near(name, tuple(n.name for n in known.values() if n.place == place))}"
    wrong = [key for key in keys.split(",") if not is_key(key.strip())] if isinstance(keys, str) and keys.strip() else [str(keys)]
    return f"{place}.{name} 的“{wrong[0][:40]}”不是键" if wrong else ""


def _near(word: str, words: tuple[str, ...]) -> str:
    near = get_close_matches(word, words, n=1)
    return f"，是否指“{near[0]}”？" if near else ""


def is_key(key: str) -> bool:
    """ctrl+s, f7, question_mark, 读: a key as Textual names it, or the character itself."""
    base = key[len((_MODIFIER.match(key) or [""])[0]) :]
    if len(base) == 1 or base in _KNOWN:
        return base.isprintable() and base != ","
    try:
        return bool(re.fullmatch(r"[a-z0-9_]+", base)) and bool(unicodedata.lookup(base.replace("_", " ")))
    except KeyError:
        return False


def _clashes(chosen: Mapping[str, str], known: Mapping[str, Named]) -> dict[str, str]:
    """Of two actions of a place that would have the same key, the one whose key was changed stays as it was."""
    found: dict[str, str] = {}
    for mine, keys in chosen.items():
        for other in known.values():
            reach = {known[mine].place, other.place}
            if other.id == mine or mine in found or len(reach - {EVERYWHERE}) > 1 or other.id in found:
                continue
            same = set(_longs(keys)) & set(_longs(chosen.get(other.id, other.keys)))
            if same and not same <= set(_longs(known[mine].keys)):
                found[mine] = f"keys.toml：“{sorted(same)[0]}”已经是“{other.said}”（{other.id}），“{known[mine].said}”照旧"
    return found


def _longs(keys: str) -> list[str]:
    """With characters under the names that Textual gives them."""
    return [_character_to_key(key) if len(key) == 1 else key for key in (k.strip() for k in keys.split(","))]
