"""Words that a standing's source begins with."""

EMERGENCY = "emergency:"
