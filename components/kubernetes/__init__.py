"""What the platform makes inside the cluster, with the Kubernetes API."""
