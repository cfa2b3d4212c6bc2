"""A report to annotations to records: the only place for spaCy and for models."""
