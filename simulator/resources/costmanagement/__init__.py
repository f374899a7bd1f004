"""Microsoft.CostManagement."""
