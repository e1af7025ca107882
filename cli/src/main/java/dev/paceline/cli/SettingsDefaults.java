package dev.paceline.cli;

import java.lang.reflect.AnnotatedElement;
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
    if (!(argument instanceof OptionSpec option) || option.arity().max() == 0) {
      return null; // parameters and switches come from the command line only
    }
    String name = option.longestName().replaceFirst("^--", "").replace('-', '_');
    if (!help(option).contains(Settings.variableOf(name))) {
      return null;
    }
    if (settings == null) {
      settings = Settings.read(environment); // lazily: --version needs none
    }
    return settings.find(name).orElse(null);
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
