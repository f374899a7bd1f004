"""Rules of what belongs together in a stack."""
