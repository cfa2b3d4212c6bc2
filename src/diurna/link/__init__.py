"""Records to judgements: what belongs together and what does not go together. Pure, no database."""
