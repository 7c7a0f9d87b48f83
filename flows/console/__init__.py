"""What the command `dateline` prints: one module a command."""
