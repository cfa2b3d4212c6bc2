"""Records to the files people already use: one module a format, all behind `Exporter`."""
