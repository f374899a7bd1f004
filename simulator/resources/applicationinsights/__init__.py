"""Microsoft.Insights/components."""
