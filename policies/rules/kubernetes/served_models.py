"""K8S-044: a served model comes from storage of ours, fetched by an account of its own."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import Any, Final

from policies.resource import Resource
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Scope, Severity, Verdict
from policies.rules._registries import allowed_registries
from policies.types import INFERENCE_SERVICE, REGISTRY, STORAGE_ACCOUNT
from policies.view import Fault, Judged, View, guarded

_SOURCE: Final = "spec.predictor.model.storageUri"
_ACCOUNT: Final = "spec.predictor.serviceAccountName"
# A container of a storage account, or a volume; hubs of models (hf://), other clouds and addresses are strangers'.
_OURS: Final = re.compile(
    r"https://(?P<account>[a-z0-9]{3,24})\.(blob|dfs)\.core\.windows\.net/\S+|pvc://\S+|"
    r"oci://(?P<registry>[a-z0-9]+\.azurecr\.io)/\S+",
    re.ASCII,
)


def check(service: View, context: Context) -> Judged:
    """Where the model lies; and an account, to which roles for just that are given."""
    yield from guarded(_source(service, context))
    yield from service.must_be_set(_ACCOUNT)
    yield from service.must_not_be(_ACCOUNT, ("default",), "whose rights all pods of the namespace share")


def _source(service: View, context: Context) -> Judged:
    if not service.has("spec.predictor.model"):
        return
    found = _OURS.fullmatch(service.word(_SOURCE))
    if found is None:
        yield Fault(
            _SOURCE, "must be in a storage account, a volume or a registry: what lies elsewhere can be replaced"
        )
    elif not _is_made_here(found["account"], found["registry"], context):
        yield Fault(_SOURCE, "is in an account or a registry that this stack does not make")


def _is_made_here(account: str | None, registry: str | None, context: Context) -> bool:
    """Whether the stack makes what a model lies in; where it makes none of the kind, another one does."""
    if registry is not None:
        return any(fnmatchcase(registry, one) for one in allowed_registries(context))
    made = {one.view().word("accountName", absent="") for one in context.stack.of(STORAGE_ACCOUNT)}
    return account is None or not made or account in made


def _service(source: str | None = "https://lake.blob.core.windows.net/models/a", account: str = "serving") -> Any:
    model = {"runtime": "platform-triton", **({} if source is None else {"storageUri": source})}
    return {"metadata": {"name": "a"}, "spec": {"predictor": {"serviceAccountName": account, "model": model}}}


_API: Final = "KServe, InferenceService v1beta1 (not re-read)"

_LAKE: Final = Resource(type=STORAGE_ACCOUNT, name="lake", properties={"accountName": "lake"})
_REGISTRY: Final = Resource(type=REGISTRY, name="cr", properties={"registryName": "crOurs"})

RULE = Rule(
    id="K8S-044",
    title="A served model comes from storage of ours, fetched by an account of its own",
    severity=Severity.HIGH,
    category=Category.SUPPLY_CHAIN,
    types=(INFERENCE_SERVICE,),
    scope=Scope.STACK,
    parameters=("image_registries",),
    controls=("itsg33/SA-12", "itsg33/SI-7", "itsg33/AC-6", "mcsb/DS-6", "gdpr/32(1)(b)", "popa/10"),
    why="A model is a program: loaded from a hub it is whatever was uploaded there last, and it answers citizens.",
    fix="Copy the model into the lake, name it there in storageUri, and give the predictor an account of its own.",
    link="https://kserve.github.io/website/docs/model-serving/storage/overview",
    properties=(
        Property(_SOURCE, ABSENT, Verdict.FAIL, f"{_API}: none"),
        Property(_ACCOUNT, ABSENT, Verdict.FAIL, f"{_API}: default"),
    ),
    check=check,
    good=(
        Example(_service()),
        Example(_service("pvc://models/triage", "triage"), environment="dev"),
        Example(_service(), others=(_LAKE,)),
        Example(_service("oci://crours.azurecr.io/models/a"), others=(_REGISTRY,)),
    ),
    bad=(
        Example(_service("hf://a-stranger/model")),
        Example(_service("https://strangers.blob.core.windows.net/models/a"), others=(_LAKE,)),
        Example(_service("oci://strangers.azurecr.io/models/a"), others=(_REGISTRY,)),
        Example(_service("https://example.org/model.zip")),
        Example(_service(None)),
        Example(_service(account="default")),
        Example(_service(account="")),
    ),
    breaks=(
        Break(_SOURCE, "s3://a-bucket/model"),
        Break(_SOURCE, ABSENT),
        Break(_ACCOUNT, "default"),
        Break(_ACCOUNT, ABSENT),
    ),
)
