"""Contracts of every table: the only place where a column is declared.

From a contract come the Pandera check, the DuckDB DDL and COMMENTs, the data dictionary and the export schema.
"""
