"""What `youju check` asks of a compiled policy; each check is a file and a row of `interpreter.checks.table.CHECKS`."""
