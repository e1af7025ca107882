package dev.paceline.cli;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.util.function.Function;

/// The value of a setting, and where it was given.
///
/// @param name of the flag, the variable, or the member of the settings file
/// @param exit if it is wrong: 64 for a flag, otherwise 78
public record Given(String name, String value, Exit exit) {

  /// Given on the command line.
  public static Given flag(String name, String value) {
    return new Given(name, value, Exit.USAGE);
  }

  /// Parses the value. A failure that blames the command line is blamed on where the value was
  /// given.
  public <T> T parse(Function<String, T> parser) {
    try {
      return parser.apply(value);
    } catch (Failure wrong) {
      if (wrong.exit() != Exit.USAGE) {
        throw wrong;
      }
      throw new Failure(
          exit,
          wrong.doing(),
          wrong.what(),
          "correct %s: %s".formatted(name, wrong.remedy()),
          wrong);
    }
  }

  /// The failure for a value that is not what it should be.
  ///
  /// @param what is wrong with it, after the setting's name: `is not a number`
  public Failure refused(String doing, String what, String remedy) {
    return new Failure(exit, doing, "%s %s".formatted(name, what), remedy);
  }

  /// Without the value, which may be a secret.
  @Override
  public String toString() {
    return name;
  }
}
