"""Planning: one frozen value that says what a figure shows and where; no drawing library."""
