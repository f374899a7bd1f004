"""Microsoft.Search."""
