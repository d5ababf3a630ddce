"""The sample claims that come with the program."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Sample:
    """`name` is the middle of the file name, `title` what people see."""

    policy: str
    name: str
    title: str
    data: dict[str, Any]


def samples(policy: str) -> tuple[Sample, ...]:
    """The samples of one policy, in the order of their names; at least an empty claim."""
    return tuple(_sample(policy, name) for name in _files(policy)) or (Sample(policy, "empty", "空白申报", {"就诊": [{}]}),)


def sample_count(policy: str) -> int:
    return len(_files(policy))


def _files(policy: str) -> list[str]:
    names = (entry.name for entry in files("tui.samples").iterdir())
    return sorted(name for name in names if name.startswith(f"{policy}.") and name.endswith(".json"))


def _sample(policy: str, file: str) -> Sample:
    data = json.loads(files("tui.samples").joinpath(file).read_text(encoding="utf-8"))
    return Sample(policy, file.split(".")[1], str(data.get("备注", file)), data)
