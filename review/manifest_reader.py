"""Reads Kubernetes manifests as a stack: files and folders of YAML with any number of documents, lists unfolded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from policies.resource import Place, Resource, Stack, unversioned
from policies.values import Marker
from review.extent import LARGEST, is_beyond
from review.reading import ReadError, text_of

_EXPECTED: Final = "a YAML file of Kubernetes objects, or a folder of such files"
_ENDINGS: Final = (".yaml", ".yml", ".json")
# Kustomize's own files lie among manifests and are none (kustomize's reference, `kustomization.yaml`).
_KUSTOMIZE: Final = "kustomize.config.k8s.io/"


class _Loader(yaml.SafeLoader):
    """Leaves dates as the texts that they are: no field of Kubernetes is a date of YAML."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_manifests(path: Path) -> Stack:
    """The objects of a file, or of every YAML file below a folder. Raises ReadError."""
    if path.is_dir():
        files = [one for one in sorted(path.rglob("*")) if one.suffix in _ENDINGS and one.is_file()]
        if not files:
            raise ReadError(path, "holds no YAML files", f"give {_EXPECTED}")
        return Stack(path.name, tuple(resource for file in files for resource in _objects(file, whole=False)))
    return Stack(path.stem, tuple(_objects(path, whole=True)))


def _objects(path: Path, *, whole: bool) -> Iterator[Resource]:
    """The objects of one file. `whole`: a file that was named must hold one; in a folder others may lie."""
    text = text_of(path, _EXPECTED)
    try:
        nodes = [node for node in yaml.compose_all(text, Loader=_Loader) if node is not None]
        loaded = [document for document in yaml.load_all(text, Loader=_Loader) if document is not None]
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark is not None else ""
        raise ReadError(path, f"is no YAML{where}", f"give {_EXPECTED}; render charts and overlays first") from None
    if is_beyond(loaded, LARGEST + 16 * len(text)):
        raise ReadError(path, "has aliases that stand for too much, or for themselves", "write it without aliases")
    found = 0
    for node, document in zip(nodes, loaded, strict=False):
        for one in _unfolded(document):
            found += 1
            yield object_of(one, Place(str(path), node.start_mark.line + 1))
    if whole and not found:
        raise ReadError(path, "holds no object with apiVersion and kind", f"give {_EXPECTED}")


def _unfolded(document: Any) -> Iterator[Mapping[str, Any]]:
    if not isinstance(document, Mapping):
        return
    kind, version = document.get("kind"), document.get("apiVersion")
    if not isinstance(kind, str) or not isinstance(version, str) or version.startswith(_KUSTOMIZE):
        return
    if kind.endswith("List") and isinstance(document.get("items"), list):
        for item in document["items"]:
            # The items of a typed list may leave out what the list says.
            if isinstance(item, Mapping):
                yield from _unfolded({"apiVersion": version, "kind": kind.removesuffix("List"), **item})
        return
    yield document


def object_of(document: Mapping[str, Any], place: Place | None) -> Resource:
    """An object of Kubernetes, which has apiVersion and kind, as a resource."""
    version, kind = str(document["apiVersion"]), str(document["kind"])
    metadata = document.get("metadata")
    metadata = metadata if isinstance(metadata, Mapping) else {}
    given = (metadata.get(key) for key in ("namespace", "name"))
    # Within a template a name may be an expression that only Azure can tell.
    names = ["(unknown)" if isinstance(one, Marker) else str(one) for one in given if one is not None and one != ""]
    group = version if "/" in version else f"core/{version}"
    return Resource(
        type=unversioned(f"kubernetes:{group}:{kind}"),
        name="/".join(names) or "(generated)",
        properties=document,
        place=place,
    )
