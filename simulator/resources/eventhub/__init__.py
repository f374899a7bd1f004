"""Microsoft.EventHub."""
