"""Diurna reads political news and keeps the ledger of words and deeds."""

__version__ = "0.1.0"
