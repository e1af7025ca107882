package dev.paceline.lake.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Gives an option without a flag the value that the settings have under its name.
final class SettingsDefaults implements IDefaultValueProvider {

  private final Environment environment;
  private @Nullable Settings settings;

  SettingsDefaults(Environment environment) {
    this.environment = environment;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || option.arity().max() == 0) {
      return null; // parameters and switches are for the command line alone
    }
    if (settings == null) {
      settings =
          Settings.read(environment); // not before an option is looked for: --version needs none
    }
    String name = option.longestName().replaceFirst("^--", "").replace('-', '_');
    return settings.find(name).orElse(null);
  }
}
