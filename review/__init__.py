"""What a reviewer sees: the plan, what rules and checkov say of it, and everything made from that."""
