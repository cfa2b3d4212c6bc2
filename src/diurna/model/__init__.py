"""What things are: reports, the evidence found in them, and judgements about it. Standard library only."""
