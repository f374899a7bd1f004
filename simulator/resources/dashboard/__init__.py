"""Microsoft.Dashboard."""
