"""Rules of App Service."""
