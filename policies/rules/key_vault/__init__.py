"""Rules of vaults, keys and secrets."""
