"""Workflows on GitHub: what they run, what their token may do, and who may change them."""
