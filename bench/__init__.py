"""Benchmarks: what `make bench` measures. Speed lives here and never in a test."""
