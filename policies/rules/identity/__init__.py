"""Rules of identities, roles and who holds them."""
