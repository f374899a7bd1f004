"""Microsoft.Databricks."""
