"""Rules of logs, alerts and where they go."""
