package dev.paceline.cli;

import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/// Fills in an option that is not on the command line from the setting of the same name, but only
/// if the option's help names the variable: what is not documented is not read.
final class SettingsDefaults implements IDefaultValueProvider {

  private final Environment environment;
  private @Nullable Settings settings;

  SettingsDefaults(Environment environment) {
    this.environment = environment;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? given(option).map(Given::value).orElse(null)
        : null; // parameters come from the command line only
  }

  /// The setting of an option; empty if it is not set, or the option comes from the command line
  /// only, as a switch does.
  Optional<Given> given(OptionSpec option) {
    if (option.arity().max() == 0) {
      return Optional.empty();
    }
    String name = option.longestName().replaceFirst("^--", "").replace('-', '_');
    if (!help(option).contains(Settings.variableOf(name))) {
      return Optional.empty();
    }
    if (settings == null) {
      settings = Settings.read(environment); // lazily: --version needs none
    }
    return settings.given(name);
  }

  /// The help text from the annotation: picocli's `description()` would ask for the default again.
  private static String help(OptionSpec option) {
    Option annotation =
        option.userObject() instanceof AnnotatedElement annotated
            ? annotated.getAnnotation(Option.class)
            : null;
    return annotation == null ? "" : String.join(" ", annotation.description());
  }
}
