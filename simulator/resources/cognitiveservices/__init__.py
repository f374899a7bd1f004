"""Microsoft.CognitiveServices."""
