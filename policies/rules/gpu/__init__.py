"""Rules of pools with GPUs."""
