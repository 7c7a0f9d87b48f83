"""The only code that knows DuckDB: DDL, load, audits, publish, marts."""
