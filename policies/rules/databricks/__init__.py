"""Rules of Databricks."""
