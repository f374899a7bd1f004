"""Rules of what feeds clusters from repositories."""
