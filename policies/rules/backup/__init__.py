"""Rules of Azure Backup."""
