"""The sections of the settings, one module for each area; `stacks.settings` puts them together."""
