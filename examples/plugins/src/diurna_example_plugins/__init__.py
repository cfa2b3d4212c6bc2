"""One small plug-in of each kind for Diurna."""
