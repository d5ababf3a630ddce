"""One module a command: `configure(parser)` declares its words, `run(arguments)` does it and returns the exit code."""
