"""Keys and secrets: vaults, and the keys that encrypt what the platform holds."""
