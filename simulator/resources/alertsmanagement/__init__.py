"""Microsoft.AlertsManagement."""
