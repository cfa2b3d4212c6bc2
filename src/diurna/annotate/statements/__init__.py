"""Who said what: cues, quotations, reported speech, the learned tagger, acts and stance."""
