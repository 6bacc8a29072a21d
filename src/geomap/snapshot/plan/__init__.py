"""Planning: what a snapshot shows and where each part of its page goes."""
