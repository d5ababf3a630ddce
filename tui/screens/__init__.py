"""The places of the terminal face, and what they show as plain data."""
