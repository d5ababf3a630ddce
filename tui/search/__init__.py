"""检索: what is found and how it is shown, apart from the screen."""
