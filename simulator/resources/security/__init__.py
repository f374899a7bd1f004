"""Microsoft.Security."""
