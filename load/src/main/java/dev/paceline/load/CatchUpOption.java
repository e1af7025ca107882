package dev.paceline.load;

import dev.paceline.cli.LakeOption;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Lets a step do what is missing before it; only that reads the lake.
final class CatchUpOption {

  @Option(
      names = "--catch-up",
      description = {
        "If the load is not staged any more, stage it again under its id; if it has not passed its",
        "checks, check it. With this, a step can be repeated on its own: a published load stays as",
        "it is. Needs --lake."
      })
  boolean wanted;

  @Mixin LakeOption lake = new LakeOption();
}
