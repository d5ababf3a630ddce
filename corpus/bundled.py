"""The notices that come with the program, as corpus documents.

The files in `corpus/notices/` are verbatim copies; the name of a file is the key of its notice. Split once in a process: a notice never changes in
place.
"""

from functools import cache
from importlib.resources import files

from corpus.paragraphs import split
from interpreter.notice import Notice

_ENDING = ".txt"


@cache
def bundled_keys() -> tuple[str, ...]:
    """The keys of the bundled notices, sorted."""
    names = (entry.name for entry in (files("corpus") / "notices").iterdir())
    return tuple(sorted(name.removesuffix(_ENDING) for name in names if name.endswith(_ENDING)))


@cache
def bundled_text(key: str) -> str | None:
    """The text of a bundled notice as it was published, or None if there is none under this key."""
    if key not in bundled_keys():
        return None
    return (files("corpus") / "notices" / (key + _ENDING)).read_text(encoding="utf-8-sig")


@cache
def bundled_notice(key: str) -> Notice | None:
    """A bundled notice as addressed units, or None if there is none under this key."""
    text = bundled_text(key)
    return None if text is None else split(key, text)
