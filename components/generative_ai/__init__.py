"""Models of Azure OpenAI, the search beside them and the gateway in front of them."""
