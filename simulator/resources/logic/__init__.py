"""Microsoft.Logic."""
