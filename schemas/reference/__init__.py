"""Contracts of the reference tables in seeds/reference/: one CSV a contract, its `Config.name` the file's name."""
