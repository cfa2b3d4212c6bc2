"""The reading room: the ledger in a browser. The only place for FastAPI and Jinja2."""
