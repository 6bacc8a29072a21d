"""Event tables and articles into events, with an account of every row."""
