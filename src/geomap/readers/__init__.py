"""Readers: files as they come, tables and articles, into frozen records."""
