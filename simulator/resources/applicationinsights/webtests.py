"""Microsoft.Insights/webtests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.model import Model, Request
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN

_SPEC: Final = "azurerm 2026-08-21 application_insights_standard_web_test (code not confirmed)"
_LINK: Final = "hidden-link:"


@rule("web-test-link", kind="static", quoted=True, reads=("tags",),
      source="error recorded in public templates of standard web tests (checked 2026-11-25)")  # fmt: skip
def belongs_to_a_component(request: Request) -> Iterator[Fault]:
    """A tag names the component that gets the results."""
    tags = request.known("tags", {})
    if isinstance(tags, Mapping) and not any(name.lower().startswith(_LINK) for name in tags):
        yield Fault(
            "A single 'hidden-link' tag pointing to an existing AI component is required. Found none.",
            "tags",
            'add the tag {"hidden-link:<id of the component>": "Resource"}',
        )


@rule("web-test-frequency", kind="static", source=_SPEC)
def frequency_is_offered(request: Request) -> Iterator[Fault]:
    """A test runs every 5, 10 or 15 minutes."""
    often = request.known("frequency")
    if isinstance(often, int) and often not in (300, 600, 900):
        yield Fault(f"a test each {often} seconds", "frequency", "use 300, 600 or 900")


@rule("web-test-content", kind="static", source=_SPEC, reads=("webTestKind",))
def says_what_to_ask(request: Request) -> Iterator[Fault]:
    """A standard test has a request, the others a configuration."""
    kind = request.known("webTestKind")
    if kind == "standard" and request.at("request.requestUrl") in (None, ""):
        yield Fault("a standard test without an address", "request.requestUrl", "say what to ask for")
    elif kind in ("ping", "multistep") and request.at("configuration.webTest") in (None, ""):
        yield Fault(f"a test of the kind {kind} without a configuration", "configuration.webTest", "give its XML")


@rule("web-test-locations", kind="static", source=_SPEC)
def runs_somewhere(request: Request) -> Iterator[Fault]:
    """A test runs from somewhere."""
    if request.at("locations") == []:
        yield Fault("a test from nowhere", "locations", "name a place, such as us-va-ash-azr")


@rule("web-test-certificate", kind="static", reads=("request.requestUrl",),
      source="hashicorp/terraform-provider-azurerm application_insights_standard_web_test_resource.go (checked "
      "2026-11-25; code not confirmed)")  # fmt: skip
def certificates_are_those_of_https(request: Request) -> Iterator[Fault]:
    """A certificate is looked at where the address has one."""
    address = request.known("request.requestUrl")
    if not isinstance(address, str) or not address.lower().startswith("http://"):
        return
    if request.known("validationRules.sSLCheck") is True:
        yield Fault(f"a check of the certificate of {address}", "validationRules.sSLCheck", "ask over https")


class WebTests(Model):
    """A test of an address from several places of the world."""

    token = "azure-native:applicationinsights:WebTest"
    rules = (
        belongs_to_a_component, frequency_is_offered, runs_somewhere, says_what_to_ask, certificates_are_those_of_https,
    )  # fmt: skip

    def defaults(self, request: Request) -> dict[str, Any]:
        """Every five minutes, with half a minute to answer."""
        return {"frequency": 300, "timeout": 30}

    def outputs(self, request: Request) -> dict[str, Any]:
        """That it is done; its kind stands in two places."""
        kind = request.at("webTestKind")
        done = {"provisioningState": "Succeeded"}
        return done if kind is None or kind is UNKNOWN else {**done, "webTestKind": kind}
