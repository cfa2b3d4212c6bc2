"""How ledgers of older versions become new ones."""
