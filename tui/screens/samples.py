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
    found = sorted(f for f in (entry.name for entry in files("tui.samples").iterdir()) if f.startswith(f"{policy}.") and f.endswith(".json"))
    return tuple(_sample(policy, name) for name in found) or (Sample(policy, "empty", "空白申报", {"就诊": [{}]}),)


def _sample(policy: str, file: str) -> Sample:
    data = json.loads(files("tui.samples").joinpath(file).read_text(encoding="utf-8"))
    return Sample(policy, file.split(".")[1], str(data.get("备注", file)), data)
