package dev.paceline.cli;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.failure.FirstLine;
import dev.paceline.cli.failure.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Translates what picocli objects to into a failure. An unexpected argument may be anything, even
/// a password: so only a single word is shown, and an option without its value.
final class UsageErrors {

  /// A word that helps to find a typing mistake.
  private static final String WORD = "[a-z][a-z_-]{0,19}";

  private final List<String> arguments;

  /// @param arguments of the whole command line
  UsageErrors(List<String> arguments) {
    this.arguments = arguments;
  }

  Failure failure(ParameterException invalid) {
    if (invalid.getCause() instanceof Failure known) {
      return known;
    }
    String name = invalid.getCommandLine().getCommandSpec().qualifiedName();
    String doing = "Reading the command line of " + name;
    String help = "see " + name + " --help";
    if (invalid.getArgSpec() != null && invalid.getValue() != null) {
      return invalidValue(invalid, invalid.getArgSpec(), doing, help);
    }
    return new Failure(Exit.USAGE, doing, what(invalid), help);
  }

  private Failure invalidValue(
      ParameterException invalid, ArgSpec argument, String doing, String help) {
    InvalidOption reason =
        invalid.getCause() instanceof InvalidOption known
            ? known
            : new InvalidOption("cannot be used", help);
    if (argument.arity().max() == 0) {
      return Given.flag(nameOf(argument), invalid.getValue())
          .refused(doing, "takes no value", "leave out what follows the =");
    }
    String what = "%s %s".formatted(Quoted.of(invalid.getValue()), reason.what());
    IDefaultValueProvider defaults = invalid.getCommandLine().getDefaultValueProvider();
    if (argument instanceof OptionSpec option
        && !isOnCommandLine(option)
        && defaults instanceof SettingsDefaults settings) {
      return settings.given(option).orElseThrow().refused(doing, what, reason.remedy());
    }
    return Given.flag(nameOf(argument), invalid.getValue()).refused(doing, what, reason.remedy());
  }

  private boolean isOnCommandLine(OptionSpec option) {
    return arguments.stream()
        .map(UsageErrors::withoutValue)
        .anyMatch(List.of(option.names())::contains);
  }

  private static String what(ParameterException invalid) {
    return switch (invalid) {
      case UnmatchedArgumentException unmatched -> what(unmatched.getUnmatched());
      case MissingParameterException missing
          when missing.getMissing().stream().allMatch(OptionSpec.class::isInstance) ->
          missing.getMissing().stream().map(UsageErrors::nameOf).collect(Collectors.joining(", "))
              + " needs a value";
      default -> FirstLine.of(invalid);
    };
  }

  private static String nameOf(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String what(List<String> unmatched) {
    List<String> shown = new ArrayList<>();
    boolean afterOption = false;
    for (String word : unmatched) {
      boolean option = word.startsWith("-");
      if (option) {
        shown.add("\"%s\"".formatted(withoutValue(word)));
      } else if (!afterOption && word.matches(WORD)) {
        shown.add("\"%s\"".formatted(word));
      }
      afterOption = option;
    }
    if (shown.isEmpty()) {
      return unmatched.size() == 1
          ? "there is one argument too many"
          : "there are %d arguments too many".formatted(unmatched.size());
    }
    return "%s is not known here".formatted(String.join(", ", shown));
  }

  /// `--name` of `--name=value`, `-n` of `-nvalue`; what does not look like a name is cut.
  private static String withoutValue(String option) {
    if (!option.startsWith("--")) {
      return option.substring(0, Math.min(option.length(), 2));
    }
    String name = option.split("=", 2)[0];
    return name.matches("--[A-Za-z][A-Za-z-]{0,29}") ? name : "--…";
  }
}
