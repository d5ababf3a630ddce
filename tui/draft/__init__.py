"""起草: what its panes show, as data, and the panes."""
