package dev.paceline.sandbox.world;

/// A failure that the user can act on: one sentence with the value and the remedy, and the exit
/// code that goes with it.
public final class SandboxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private SandboxException(int exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
  }

  /// An option whose value makes no sense.
  public static SandboxException usage(String sentence) {
    return new SandboxException(64, sentence);
  }

  /// Something in the environment is not as required: a folder, a file.
  public static SandboxException configuration(String sentence) {
    return new SandboxException(78, sentence);
  }

  /// A resource such as a port is in use.
  public static SandboxException unavailable(String sentence) {
    return new SandboxException(69, sentence);
  }

  public int exitCode() {
    return exitCode;
  }
}
