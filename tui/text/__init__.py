"""What the command line prints: layout by columns, reports, steps, graphs. Text in and out; nothing here decides an amount."""
