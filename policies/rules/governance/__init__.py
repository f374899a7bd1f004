"""Rules of order: places, tags, protection, exemptions."""
