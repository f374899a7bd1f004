"""What brings the platform back: backups, and where they are kept."""
