package dev.paceline.cli;

import java.lang.reflect.AnnotatedElement;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/// Gives an option without a flag the value that the settings have under its name, where the
/// option's help names the variable: what is not documented is not read.
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
    String name = option.longestName().replaceFirst("^--", "").replace('-', '_');
    if (!help(option).contains(Settings.variableOf(name))) {
      return null;
    }
    if (settings == null) {
      settings = Settings.read(environment); // not before it is needed: --version needs none
    }
    return settings.find(name).orElse(null);
  }

  /// The help as it was written: picocli's own `description()` asks for the default again.
  private static String help(OptionSpec option) {
    Option written =
        option.userObject() instanceof AnnotatedElement annotated
            ? annotated.getAnnotation(Option.class)
            : null;
    return written == null ? "" : String.join(" ", written.description());
  }
}
