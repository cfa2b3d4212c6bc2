"""Time expressions to intervals: words, grammar, values, and the day a report speaks from."""
