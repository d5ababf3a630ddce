"""Panes of the screens, and the pure functions that lay their lines out."""
