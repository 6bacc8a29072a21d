"""Proof: the manifest of a snapshot, the seal that reveals changes, and the check of both."""
