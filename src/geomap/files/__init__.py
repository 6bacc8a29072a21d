"""Files on disk: atomic replacement, cached files by version, digests, text that XML allows."""
