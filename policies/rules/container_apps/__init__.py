"""Rules of Container Apps."""
