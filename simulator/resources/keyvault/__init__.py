"""Microsoft.KeyVault."""
