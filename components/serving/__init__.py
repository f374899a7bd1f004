"""Models served outside the cluster: apps of App Service."""
