"""How the components that serve outside the cluster are made, and what they are made of."""

from __future__ import annotations

from components.serving.app_service_plan import AppServicePlan
from components.serving.web_app import WebApp
from tests.components.serving import examples

MAKERS = {
    "app_service_plan:AppServicePlan": (
        lambda o: AppServicePlan("x", examples.PLAN, o),
        ("AppServicePlan|x-asp", "AutoscaleSetting|x-autoscale"),
        ("plan_id",),
    ),
    "web_app:WebApp": (
        lambda o: WebApp("x", examples.web_app(), o),
        (
            "DiagnosticSetting|x-diag",
            "DiagnosticSetting|x-staging-diag",
            "PrivateEndpoint|x-sites",
            "PrivateEndpoint|x-sites-staging",
            "WebApp|x-app",
            "WebAppFtpAllowed|x-ftp",
            "WebAppFtpAllowedSlot|x-staging-ftp",
            "WebAppScmAllowed|x-scm",
            "WebAppScmAllowedSlot|x-staging-scm",
            "WebAppSlotConfigurationNames|x-sticky",
            "WebAppSlot|x-staging",
        ),
        ("app_id", "app_name"),
    ),
}
