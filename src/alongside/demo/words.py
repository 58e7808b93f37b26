"""What agencies write: the fields of each kind, in words that put the child first."""
