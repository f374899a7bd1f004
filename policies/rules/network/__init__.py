"""Rules of networks."""
