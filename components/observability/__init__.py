"""What is seen of the platform: logs, metrics, alerts."""
