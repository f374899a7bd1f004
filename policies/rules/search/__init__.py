"""Rules of AI Search."""
