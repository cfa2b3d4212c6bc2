"""The learned tagger of statements: windows, network, decoding."""
