"""Rules of Kubernetes objects."""
