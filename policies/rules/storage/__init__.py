"""Rules of storage accounts."""
