"""`iac/scripts/deliver`: pushes the images that `make images` built, and lets the task definitions run them.

A definition's newest revision is copied and its image alone is changed; Terraform owns the rest. Nothing happens twice: an
image that the registry has is not pushed again, and a definition that runs it already gets no new revision.
"""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from paceline_local.failure import CONFIGURATION, USAGE, Failure, exit_with

from paceline_aws.calls import client
from paceline_aws.image_push import LocalImage, Registry
from paceline_aws.outputs import outputs_of
from paceline_aws.revisions import Definition

IMAGES = ("extract", "load", "transformation")
_USAGE = f"""\
Usage: iac/scripts/deliver ENVIRONMENT [IMAGE…]

Pushes the images paceline/IMAGE:dev, which `make images` built, to the environment's registry, and registers a revision
of each of its task definitions that runs them. IMAGE is {", ".join(IMAGES)}; without one, all are delivered.

  iac/scripts/deliver qa
  iac/scripts/deliver prod load"""


def main(words: Sequence[str]) -> int:
    if not words or {"-h", "--help"} & {*words}:
        print(_USAGE)
        return 0 if words else USAGE
    environment, *images = words
    unknown = sorted({*images} - {*IMAGES})
    if unknown:
        raise Failure(f"There is no image '{unknown[0]}'.", f"Choose from: {', '.join(IMAGES)}.", USAGE)
    outputs = outputs_of(environment)
    if not {"deployment", "repository_urls"} <= outputs.keys():
        raise Failure(f"{environment} is not applied yet.", f"Run `terraform -chdir=iac/environments/{environment} apply`.")
    deliver(outputs, images or IMAGES)
    return 0


def deliver(outputs: Mapping[str, Any], images: Sequence[str]) -> None:
    """Pushes everything before it registers anything, so that a push that fails leaves what runs as it is."""
    deployment = outputs["deployment"]
    ecs = client("ecs", deployment["region"])
    definitions = [Definition.newest(ecs, family) for family in deployment["families"].values()]
    chosen = [definition for definition in definitions if definition.image_name in images]
    local = {name: LocalImage.find(f"paceline/{name}:dev") for name in images}
    for definition in chosen:
        _require_architecture(local[definition.image_name], definition)
    with Registry.signed_in(client("ecr", deployment["region"])) as registry:
        pushed = {name: registry.push(image, outputs["repository_urls"][name]) for name, image in local.items()}
    for definition in chosen:
        print(definition.run(ecs, pushed[definition.image_name]), flush=True)


def _require_architecture(image: LocalImage, definition: Definition) -> None:
    if image.architecture != definition.architecture:
        raise Failure(
            f"{image.name} is built for {image.architecture}, but {definition.family} runs on {definition.architecture}.",
            "Build the images on a machine of that architecture, or set TF_VAR_architecture and apply.",
            CONFIGURATION,
        )


if __name__ == "__main__":
    exit_with(lambda: main(sys.argv[1:]))
