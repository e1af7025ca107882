package dev.paceline.sandbox.world;

/// A failure somebody can act on: one sentence with the value and the remedy, and the exit code
/// that goes with it.
public final class SandboxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private SandboxException(int exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
  }

  /// An option that cannot be meant.
  public static SandboxException usage(String sentence) {
    return new SandboxException(64, sentence);
  }

  /// Something around the sandbox is not as it has to be: a folder, a file.
  public static SandboxException configuration(String sentence) {
    return new SandboxException(78, sentence);
  }

  /// Something is taken, for now.
  public static SandboxException unavailable(String sentence) {
    return new SandboxException(69, sentence);
  }

  public int exitCode() {
    return exitCode;
  }
}
