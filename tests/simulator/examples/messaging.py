"""One valid resource of each type of Event Grid, Event Hubs and Service Bus."""

from __future__ import annotations

from typing import Any

from tests.simulator.azure import GROUP
from tests.simulator.examples.foundation import ACCOUNT, IN_GROUP, RG

_HUB = f"{GROUP}/providers/Microsoft.EventHub/namespaces/evhns-test/eventhubs/arrivals"

EXAMPLES: dict[str, dict[str, Any]] = {
    "eventhub:Namespace": {
        **IN_GROUP, "namespaceName": "evhns-test", "sku": {"name": "Standard", "tier": "Standard", "capacity": 1},
        "disableLocalAuth": True, "publicNetworkAccess": "Disabled",
    },
    "eventhub:EventHub": {
        **RG, "namespaceName": "evhns-test", "eventHubName": "arrivals", "partitionCount": 4,
        "messageRetentionInDays": 7,
    },
    "eventhub:ConsumerGroup": {
        **RG, "namespaceName": "evhns-test", "eventHubName": "arrivals", "consumerGroupName": "scoring",
    },
    "eventhub:NamespaceNetworkRuleSet": {
        **RG, "namespaceName": "evhns-test", "publicNetworkAccess": "Disabled", "defaultAction": "Deny",
        "trustedServiceAccessEnabled": True,
    },
    "servicebus:Namespace": {
        **IN_GROUP, "namespaceName": "sb-test-ml", "sku": {"name": "Premium", "tier": "Premium", "capacity": 1},
    },
    "servicebus:Queue": {**RG, "namespaceName": "sb-test-ml", "queueName": "jobs", "lockDuration": "PT5M"},
    "servicebus:Topic": {**RG, "namespaceName": "sb-test-ml", "topicName": "models", "maxSizeInMegabytes": 10240},
    "servicebus:Subscription": {
        **RG, "namespaceName": "sb-test-ml", "topicName": "models", "subscriptionName": "audit", "forwardTo": "jobs",
    },
    "eventgrid:SystemTopic": {
        **IN_GROUP, "systemTopicName": "egst-lake", "source": ACCOUNT, "topicType": "Microsoft.Storage.StorageAccounts",
    },
    "eventgrid:SystemTopicEventSubscription": {
        **RG, "systemTopicName": "egst-lake", "eventSubscriptionName": "arrivals",
        "destination": {"endpointType": "EventHub", "resourceId": _HUB},
        "retryPolicy": {"maxDeliveryAttempts": 30, "eventTimeToLiveInMinutes": 1440},
    },
    "eventgrid:EventSubscription": {
        "scope": ACCOUNT, "eventSubscriptionName": "deleted",
        "destination": {"endpointType": "EventHub", "resourceId": _HUB},
    },
}  # fmt: skip
