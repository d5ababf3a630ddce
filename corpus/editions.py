"""A later edition of a notice keeps the ids of the earlier one.

Printed labels name themselves. Paragraphs, sentences, clauses and list members are only counted, so a new one would shift its neighbours; here each
is matched to the earlier edition by its words. What stayed keeps its number, what was reworded in place keeps it too (with another digest), and a
newcomer gets a number nobody has had. Apart from `split`, which knows one text only.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from corpus.blocks import Path
from interpreter.notice import Notice, Unit

_COUNTED = re.compile(r"([psci])([0-9]+)")
_BARE = "p1"
"""The slot of an only paragraph, whose `pN` an id leaves out."""


@dataclass(frozen=True, slots=True)
class _Tree:
    """The parts of all ids: what stands under each part, in order, and the words below it."""

    children: dict[Path, dict[str, None]]
    words: dict[Path, list[str]]
    bare: set[Path]


def keep_ids(earlier: Sequence[Notice], new: Notice) -> Notice:
    """The new edition with the ids of the earlier ones (oldest first); a number of any earlier edition is never given to other words."""
    if not earlier:
        return new
    old, tree = _tree(earlier[-1]), _tree(new)
    taken = [_tree(notice) for notice in earlier]
    names: dict[Path, Path] = {(): ()}
    open_paths: list[tuple[Path, Path | None]] = [((), ())]
    while open_paths:
        path, old_path = open_paths.pop()
        segments = tuple(tree.children.get(path, ()))
        matches = _matches(tree, path, old, old_path, taken)
        for segment in segments:
            kept = matches.get(segment, segment)
            below = None if old_path is None or kept not in old.children.get(old_path, ()) else (*old_path, kept)
            is_bare = (below in old.bare) if below is not None else old_path is None and (*path, segment) in tree.bare
            names[(*path, segment)] = names[path] if is_bare else (*names[path], kept)
            open_paths.append(((*path, segment), below))
    return replace(new, units=tuple(replace(unit, id="/".join(names[_slots(unit)])) for unit in new.units))


def _matches(tree: _Tree, path: Path, old: _Tree, old_path: Path | None, taken: list[_Tree]) -> dict[str, str]:
    """For each counted part of the new edition under `path`, the name it keeps."""
    found: dict[str, str] = {}
    if old_path is None:
        return found
    for kind in "psci":
        olds = _of_kind(old, old_path, kind)
        news = _of_kind(tree, path, kind)
        same = _aligned([_text(old, (*old_path, name)) for name in olds], [_text(tree, (*path, name)) for name in news])
        last = max((int(name[1:]) for each in taken for name in _of_kind(each, old_path, kind)), default=0)
        for i, name in enumerate(news):
            last += i not in same
            found[name] = olds[same[i]] if i in same else f"{kind}{last}"
    return found


def _aligned(old: list[str], new: list[str]) -> dict[int, int]:
    """Number in the new list → number in the old: equal words first, then moved words, then what was reworded in place."""
    codes = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    same = {j: i for tag, i1, i2, j1, j2 in codes if tag == "equal" for i, j in zip(range(i1, i2), range(j1, j2), strict=True)}
    free = {words: i for i, words in enumerate(old) if i not in same.values()}
    for j, words in enumerate(new):
        if j not in same and words in free:
            same[j] = free.pop(words)
    used = set(same.values())
    for tag, i1, i2, j1, j2 in codes:
        if tag == "replace":
            same |= zip([j for j in range(j1, j2) if j not in same], [i for i in range(i1, i2) if i not in used], strict=False)
    return same


def _tree(notice: Notice) -> _Tree:
    tree = _Tree({}, {}, set())
    for unit in notice.units:
        slots = _slots(unit)
        if _BARE in slots and f"/{_BARE}" not in unit.id:
            tree.bare.add(slots[: slots.index(_BARE) + 1])
        for end in range(len(slots)):
            tree.children.setdefault(slots[:end], {})[slots[end]] = None
            tree.words.setdefault(slots[: end + 1], []).append(unit.text)
    return tree


def _slots(unit: Unit) -> Path:
    """The parts of an id, with the slot of the paragraph also where the id leaves it out."""
    parts = unit.id.split("/")
    leaf = next((i for i, part in enumerate(parts) if i and part[0] in "si" and _COUNTED.fullmatch(part)), None)
    if leaf is None or parts[leaf - 1].startswith("p"):
        return tuple(parts)
    return (*parts[:leaf], _BARE, *parts[leaf:])


def _of_kind(tree: _Tree, path: Path, kind: str) -> list[str]:
    return [name for name in tree.children.get(path, ()) if name[:1] == kind and _COUNTED.fullmatch(name)]


def _text(tree: _Tree, path: Path) -> str:
    return "".join(tree.words.get(path, ()))
