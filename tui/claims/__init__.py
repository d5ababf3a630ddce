"""Claims as people handle them: files, changes that can be undone, readings, lists. Pure; the screens are in `tui/screens`."""
