"""The order of things: the only place that knows how the stages follow each other."""
