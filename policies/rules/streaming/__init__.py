"""Rules of Event Hubs and Data Factory."""
