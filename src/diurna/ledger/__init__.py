"""Keeping readings and asking about them: the only place for SQL. `store.Ledger` is the door."""
