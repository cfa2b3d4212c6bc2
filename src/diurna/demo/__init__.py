"""Sample reports, all invented: data for `diurna demo`."""
