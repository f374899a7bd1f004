"""AI account: an account of Azure OpenAI or Azure AI services that is asked from inside the spoke only.

Owns the account, its endpoint and its logs. Does not own its models (`components.generative_ai.model_deployments`),
its filter (`components.generative_ai.content_filter`), or who may ask (`components.generative_ai.wiring`).
It makes no Foundry project: agents and their stores keep what people ask, and nobody has classified that yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import cognitiveservices

from components import naming
from components.identity.identity import Identity
from components.network import private_dns
from components.network.private_endpoint import PrivateAccess, endpoints
from components.observability.diagnostic_setting import send_diagnostics
from components.options import stateful
from components.placement import Placement
from components.problems import refuse
from components.security.customer_key import CustomerKey

# Who changed what, and what went wrong. RequestResponse is the third one, and only where it may be kept.
ALWAYS_LOGGED = ("Audit", "Trace")
REQUESTS = "RequestResponse"


@dataclass(frozen=True, kw_only=True)
class AiAccountArgs:
    """`region` may be another one than the spoke's: its endpoint lies in the spoke all the same."""

    placement: Placement
    resource_group_name: Input[str]
    account_name: str
    kind: Literal["OpenAI", "AIServices"]
    region: str
    identity: Identity
    allowed_hosts: tuple[str, ...]
    log_requests: bool
    customer_key: CustomerKey | None
    access: PrivateAccess
    log_workspace_id: Input[str]


def problems(args: AiAccountArgs) -> list[str]:
    """A key in another region: an account and the vault of its key are in one region."""
    if args.customer_key is not None and args.region != args.placement.region:
        return [f"an account in {args.region} can't use a key in {args.placement.region}: both must be in one region"]
    return []


class AiAccount(ComponentResource):
    """Account, private endpoint, diagnostics."""

    account_id: Output[str]
    account_name: Output[str]
    endpoint: Output[str]

    def __init__(self, name: str, args: AiAccountArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:ai_account:AiAccount", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        ready = [] if args.customer_key is None else list(args.customer_key.ready)
        options = ResourceOptions.merge(stateful(self, args.placement), ResourceOptions(depends_on=ready))
        made = _account(f"{name}-ai", args, options)
        target = f"ai-{args.account_name}"
        endpoints(self, name, args.placement, args.access, target, made.id, (private_dns.AI_SERVICES,))
        send_diagnostics(
            f"{name}-diag",
            made.id,
            "Microsoft.CognitiveServices/accounts",
            args.log_workspace_id,
            child,
            categories=(*ALWAYS_LOGGED, REQUESTS) if args.log_requests else ALWAYS_LOGGED,
        )
        self.account_id, self.account_name = made.id, made.name
        self.endpoint = Output.concat("https://", naming.ai_account(args.placement, args.account_name), _HOST)
        self.register_outputs({"account_id": self.account_id, "endpoint": self.endpoint})


_HOST = ".openai.azure.com"


def _account(name: str, args: AiAccountArgs, opts: ResourceOptions) -> cognitiveservices.Account:
    key = args.customer_key
    identities = [args.identity, *([] if key is None else [key.identity])]
    physical = naming.ai_account(args.placement, args.account_name)
    return cognitiveservices.Account(
        name,
        account_name=physical,
        resource_group_name=args.resource_group_name,
        location=args.region,
        kind=args.kind,
        sku=cognitiveservices.SkuArgs(name="S0"),
        identity=cognitiveservices.IdentityArgs(
            type=cognitiveservices.ResourceIdentityType.USER_ASSIGNED,
            user_assigned_identities=[each.identity_id for each in identities],
        ),
        properties=cognitiveservices.AccountPropertiesArgs(
            # Entra tokens and private endpoints need a name of its own; it can't change.
            custom_sub_domain_name=physical,
            disable_local_auth=True,
            public_network_access="Disabled",
            network_acls=cognitiveservices.NetworkRuleSetArgs(default_action="Deny", bypass="None"),
            # Else a prompt could make the account fetch, and thereby tell, from any host.
            restrict_outbound_network_access=True,
            allowed_fqdn_list=list(args.allowed_hosts),
            encryption=None if key is None else _encryption(key),
        ),
        tags=args.placement.tags,
        opts=opts,
    )


def _encryption(key: CustomerKey) -> cognitiveservices.EncryptionArgs:
    return cognitiveservices.EncryptionArgs(
        key_source="Microsoft.KeyVault",
        key_vault_properties=cognitiveservices.KeyVaultPropertiesArgs(
            key_vault_uri=key.vault_uri, key_name=key.key_name, identity_client_id=key.identity.client_id
        ),
    )
