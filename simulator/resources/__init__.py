"""What Azure Resource Manager knows of each type: one file a type, in one folder a namespace."""
