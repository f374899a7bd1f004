"""Microsoft.DataProtection."""
