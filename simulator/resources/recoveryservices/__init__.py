"""Microsoft.RecoveryServices."""
