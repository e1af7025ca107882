"""`iac/scripts/deliver`: pushes the images that `make images` built, and lets the task definitions run them.

A definition's newest revision is copied and its image alone is changed; Terraform owns the rest. Nothing happens twice: an
image that the registry has is not pushed again, and a definition that runs it already gets no new revision.
"""

import sys
from argparse import ArgumentTypeError
from collections.abc import Mapping, Sequence
from typing import Any

from paceline_local.failure import CONFIGURATION, Failure, exit_with

from paceline_aws.arguments import Arguments
from paceline_aws.calls import client
from paceline_aws.image_push import LocalImage, Registry
from paceline_aws.outputs import deployment_in, outputs_of
from paceline_aws.revisions import Definition

IMAGES = ("extract", "load", "transformation")
_WHAT = """\
Pushes the images paceline/IMAGE:dev, which `make images` built, to the environment's registry, and registers a revision of each
of its task definitions that runs them."""


def main(words: Sequence[str]) -> int:
    parser = Arguments("deliver", _WHAT, "For example: iac/scripts/deliver prod load")
    parser.add_argument("environment", help="a folder of iac/environments, e.g. qa")
    images = f"{', '.join(IMAGES)}; without one, all are delivered"
    parser.add_argument("images", nargs="*", type=_image, default=IMAGES, metavar="IMAGE", help=images)
    given = parser.parse_args(words)
    deliver(outputs_of(given.environment, "deployment", "repository_urls"), given.images, given.environment)
    return 0


def _image(name: str) -> str:
    if name not in IMAGES:
        raise ArgumentTypeError(f"there is no image {name!r}: choose from {', '.join(IMAGES)}")
    return name


def deliver(outputs: Mapping[str, Any], images: Sequence[str], environment: str) -> None:
    """Pushes everything before it registers anything, so that a push that fails leaves what runs as it is."""
    deployment = deployment_in(outputs, environment)
    ecs = client("ecs", deployment.region)
    definitions = [Definition.newest(ecs, family) for family in deployment.families.values()]
    chosen = [definition for definition in definitions if definition.image_name in images]
    local = {name: LocalImage.find(f"paceline/{name}:dev") for name in images}
    for definition in chosen:
        _require_architecture(local[definition.image_name], definition)
    with Registry.signed_in(client("ecr", deployment.region)) as registry:
        pushed = {name: registry.push(image, outputs["repository_urls"][name]) for name, image in local.items()}
    for definition in chosen:
        print(definition.use_image(ecs, pushed[definition.image_name]), flush=True)


def _require_architecture(image: LocalImage, definition: Definition) -> None:
    if image.architecture != definition.architecture:
        raise Failure(
            f"{image.name} is built for {image.architecture}, but {definition.family} runs on {definition.architecture}.",
            "Build the images on a machine of that architecture, or set TF_VAR_architecture and apply.",
            CONFIGURATION,
        )


if __name__ == "__main__":
    exit_with(lambda: main(sys.argv[1:]))
