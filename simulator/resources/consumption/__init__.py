"""Microsoft.Consumption."""
