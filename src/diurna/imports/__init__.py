"""Neighbours' files to actors, readings and judgements, one kind of file a module; a bad row is named and survived."""
