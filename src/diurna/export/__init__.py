"""Records to the files people already use, one file a format."""
