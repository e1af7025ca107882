package dev.paceline.cli;

import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// What `--version` prints: the version in the jar's manifest.
public final class Version implements IVersionProvider {

  @Spec CommandSpec command = CommandSpec.create();

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "%s %s".formatted(command.root().name(), version == null ? "from the IDE" : version)
    };
  }
}
