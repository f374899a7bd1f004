"""Rules of AKS clusters, their pools, and what feeds them."""
