"""One rule in each module, in a folder for each area."""
