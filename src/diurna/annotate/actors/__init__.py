"""Who and where: mentions of people, bodies and places, and which of them are the same."""
