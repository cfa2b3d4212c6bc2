"""The ledger for assistants: read-only questions over the Model Context Protocol, every answer with its quotes."""
