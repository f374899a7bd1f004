"""Rules of Managed Grafana."""
