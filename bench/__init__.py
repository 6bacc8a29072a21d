"""The benchmarks of `make bench`. Speed lives here and never in a test."""
