"""Who did what to whom: triggers, sides, realis, numbers."""
