"""Microsoft.ContainerService."""
