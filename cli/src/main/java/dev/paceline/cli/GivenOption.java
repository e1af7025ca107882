package dev.paceline.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// Where the value of an option was given: on the command line, or in the setting of its name.
public final class GivenOption {

  private GivenOption() {}

  /// The value of an option, and where it was given.
  ///
  /// @param command that has the option
  public static Given of(@Nullable CommandSpec command, String name, String value) {
    CommandSpec known = Objects.requireNonNull(command, "picocli sets it");
    OptionSpec option = Objects.requireNonNull(known.findOption(name), name);
    ParseResult parsed = known.commandLine().getParseResult();
    if (!parsed.hasMatchedOption(option)
        && known.defaultValueProvider() instanceof SettingsDefaults settings) {
      return settings.given(option).orElseGet(() -> Given.flag(name, value));
    }
    return Given.flag(name, value);
  }
}
