"""Microsoft.App."""
