"""Who may do what: managed identities, groups, roles."""
