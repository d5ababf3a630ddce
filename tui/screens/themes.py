"""The colours to choose from: a few of Textual's under Chinese names, and two of our own in which every word stands out at least 7 to 1."""

from __future__ import annotations

from textual.theme import Theme

BLACK = Theme(
    name="youju-black",
    primary="#4fc3ff",
    secondary="#9ad8ff",
    accent="#ffd500",
    warning="#ffd500",
    error="#ff9d9d",
    success="#6dff8c",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    text_alpha=1.0,
    variables={"text-muted": "#e0e0e0", "text-disabled": "#b8b8b8", "primary-background": "#00304d"},
)
WHITE = Theme(
    name="youju-white",
    primary="#00407a",
    secondary="#003a66",
    accent="#7a0055",
    warning="#6b4300",
    error="#990000",
    success="#00541c",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffff",
    panel="#e8e8e8",
    dark=False,
    text_alpha=1.0,
    variables={"text-muted": "#2b2b2b", "text-disabled": "#4a4a4a", "primary-background": "#d5e6f5"},
)
OWN = (BLACK, WHITE)

#: Name for Textual, and what people see.
THEMES: tuple[tuple[str, str], ...] = (
    ("textual-dark", "深色"),
    ("textual-light", "浅色"),
    (BLACK.name, "高对比，黑底"),
    (WHITE.name, "高对比，白底"),
    ("gruvbox", "暖色，深底"),
    ("solarized-light", "柔和，浅底"),
    ("nord", "冷色，深底"),
)
