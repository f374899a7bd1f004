"""Rules of Azure OpenAI and AI services."""
