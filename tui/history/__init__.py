"""历史: the table of recorded decisions and what is said of a record, apart from the screen."""
