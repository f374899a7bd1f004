"""Microsoft.Insights, as azure-native's `monitor` module has it."""
