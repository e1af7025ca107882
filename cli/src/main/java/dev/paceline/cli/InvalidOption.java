package dev.paceline.cli;

/// Thrown by the converter of an option: why its value cannot be used. The command line adds the
/// option and the value. Not picocli's own exception, which it does not pass on.
public final class InvalidOption extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String what;
  private final String remedy;

  /// @param what is wrong, after the value: `is not a date`
  /// @param remedy what to do next, in the imperative
  public InvalidOption(String what, String remedy) {
    super(what);
    this.what = what;
    this.remedy = remedy;
  }

  String what() {
    return what;
  }

  String remedy() {
    return remedy;
  }
}
