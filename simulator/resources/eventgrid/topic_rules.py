"""What Event Grid refuses about the system topic of a resource."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from simulator.ids import key, looks_like_id, type_of
from simulator.model import Request, normal_location
from simulator.rule import Fault, rule
from simulator.values import at

_TYPE: Final = "Microsoft.EventGrid/systemTopics"
_CODE: Final = "InvalidRequest"
# Topics and domains of one's own: their events have no system topic.
_OWN: Final = frozenset({"microsoft.eventgrid.topics", "microsoft.eventgrid.domains"})
# Types of topic for sources that lie in a region, by the type of the source; others have sources of several types, or
# sources that are everywhere.
_REGIONAL: Final = frozenset(
    {
        "microsoft.appconfiguration/configurationstores", "microsoft.containerregistry/registries",
        "microsoft.eventhub/namespaces", "microsoft.keyvault/vaults", "microsoft.machinelearningservices/workspaces",
        "microsoft.servicebus/namespaces", "microsoft.signalrservice/signalr", "microsoft.storage/storageaccounts",
    }
)  # fmt: skip
_EVERYWHERE: Final = re.compile(r"/subscriptions/[^/]+(/resourcegroups/[^/]+)?/?", re.IGNORECASE)


@rule(
    "eg-topic-of-own-topic", kind="static", code=_CODE, source="MicrosoftDocs/azure-docs#56239", quoted=True,
)  # fmt: skip
def source_has_system_events(request: Request) -> Iterator[Fault]:
    """Topics and domains of one's own have subscriptions, and no system topic."""
    topic_type = request.known("topicType")
    if isinstance(topic_type, str) and topic_type.lower() in _OWN:
        yield Fault(
            f"System topic creation is not enabled for topic type {topic_type}",
            "topicType",
            "subscribe to the topic itself: an EventSubscription whose scope is its id",
        )


@rule(
    "eg-topic-type-of-source", kind="static", code=_CODE, reads=("source",),
    source="hashicorp/terraform-provider-azurerm#11352; triggermesh/triggermesh#446 (code not confirmed)",
)  # fmt: skip
def type_is_that_of_the_source(request: Request) -> Iterator[Fault]:
    """The type of a topic follows from what its events come from."""
    source, topic_type = request.known("source"), request.known("topicType")
    if not isinstance(topic_type, str) or not looks_like_id(source):
        return
    listed = {each.replace("/", "."): each for each in _REGIONAL}
    wanted = listed.get(topic_type.lower())
    if wanted is not None and wanted != type_of(str(source)).lower():
        yield Fault(
            f"topic type {topic_type} has sources of another type than {type_of(str(source))}",
            "topicType",
            "use the type of the source, with dots: Microsoft.Storage.StorageAccounts",
        )


@rule(
    "eg-topic-location", kind="cross-resource", code=_CODE, reads=("source", "location"), quoted=True,
    source="Azure-Samples/AzureMapsCodeSamples#75; MicrosoftDocs/azure-docs#87683, #66511",
)  # fmt: skip
def topic_is_where_its_source_is(request: Request) -> Iterator[Fault]:
    """A topic lies in the region of its source; of groups and subscriptions it is global."""
    source = request.known("source")
    if not isinstance(source, str) or not request.location:
        return
    record = request.world.get(source)
    wanted = None
    if _EVERYWHERE.fullmatch(source):
        wanted = "global"
    elif record is not None and record.type.lower() in _REGIONAL and isinstance(record.body.get("location"), str):
        wanted = normal_location(record.body["location"])
    if wanted is not None and wanted != request.location:
        yield Fault(
            f"System topic's location must match with location of the source resource {source}.",
            "location",
            f"use {wanted}",
        )


@rule(
    "eg-one-topic-per-source", kind="cross-resource", code=_CODE, reads=("source",), quoted=True,
    source="TaoYang-Cloud/azure.policy.monitor#12; MicrosoftDocs/azure-docs#97986; Azure/arm-template-whatif#424",
)  # fmt: skip
def one_topic_per_source(request: Request) -> Iterator[Fault]:
    """A resource has one system topic; all subscriptions go to it."""
    source = key(str(request.known("source", "")))
    for other in request.world.of_type(_TYPE):
        if other.key != key(request.id) and source and key(str(other.body.get("source"))) == source:
            yield Fault(
                f"There is an existing tracked system topic for the given source {request.at('source')}. Only one "
                "system topic is allowed per source.",
                "source",
                f"put the subscriptions on {other.id}",
            )


@rule(
    "eg-topic-source-cannot-change", kind="lifecycle", code=_CODE, reads=("source",), quoted=True,
    source="Azure/azure-quickstart-templates#13688; Azure-Samples/chat-with-your-data-solution-accelerator#280",
)  # fmt: skip
def source_stays(request: Request) -> Iterator[Fault]:
    """A topic keeps its source."""
    before, now = at(request.old.body, "source") if request.old is not None else None, request.known("source")
    if isinstance(before, str) and isinstance(now, str) and key(before) != key(now):
        yield Fault(
            "System topic source cannot be modified.", "source", "give the topic another name, so that it is replaced"
        )


TOPIC_RULES: Final = (
    source_has_system_events, type_is_that_of_the_source, topic_is_where_its_source_is, one_topic_per_source,
    source_stays,
)  # fmt: skip
