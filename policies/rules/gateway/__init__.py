"""Rules of gateways: Application Gateway, web firewalls, API Management."""
