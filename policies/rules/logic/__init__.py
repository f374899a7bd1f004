"""Rules of Logic Apps."""
