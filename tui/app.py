"""`youju` alone: the screens. Textual is imported here, inside `main`, and by nothing that the command line needs."""

from __future__ import annotations

import os
import sys


def main(draft: str = "", claim: str = "") -> int:
    """Opens 核定 on the bundled policies or on a claim file, or 起草 on a policy by key or path.

    The code is 0, 70 after a crash, 128 and the number of a signal.
    """
    prepare_terminal()
    # Textual reads its settings once, at import, so the line above comes first.
    from tui.screens.youju import application, crash_text
    from tui.text.console import CRASHED

    if not (is_served() or (sys.stdin.isatty() and sys.stdout.isatty())):
        print("有据的屏幕需要终端。不用屏幕时请用命令：youju --help", file=sys.stderr)
        return 2
    try:
        app, message = application()
        if app is None:
            print(message, file=sys.stderr)
            return 2
        app.draft, app.claim = draft, claim
        app.run()
    except Exception as error:
        print(crash_text(error), file=sys.stderr)
        return CRASHED
    return app.return_code or 0


def is_served() -> bool:
    """Whether a browser stands in for the terminal (`youju serve`)."""
    return os.environ.get("TEXTUAL_DRIVER", "").endswith("web_driver:WebDriver")


def prepare_terminal() -> None:
    """These terminals lose text of an input method when the kitty keyboard protocol is on; who has set the variable is left alone."""
    if os.environ.get("TERM_PROGRAM") in ("iTerm.app", "vscode"):
        os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")


if __name__ == "__main__":
    sys.exit(main())
