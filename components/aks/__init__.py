"""The AKS cluster and its node pools."""
