"""A matter's words and deeds as one page that is read offline or printed."""
