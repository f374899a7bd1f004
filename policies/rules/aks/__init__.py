"""Rules of AKS clusters and their pools."""
