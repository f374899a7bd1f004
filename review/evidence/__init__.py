"""Evidence for an audit: what the rules said of each stack, by control, in files that people and tools keep."""
