"""A lake: the ledger's records as Parquet files, a folder a day, asked by DuckDB; for what no one file can hold."""
