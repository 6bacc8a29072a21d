"""Proof: the manifest of a snapshot, the seal that notices changes, and the check of both."""
