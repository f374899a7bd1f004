"""What holds for the environment as a whole: resource groups, budget."""
