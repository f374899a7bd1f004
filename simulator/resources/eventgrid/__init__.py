"""Microsoft.EventGrid."""
