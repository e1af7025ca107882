package dev.paceline.extract.sync;

/// A line of a part that no run of ours has written.
final class MalformedLine extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedLine(String message) {
    super(message);
  }

  MalformedLine(Exception cause) {
    super(cause.getMessage(), cause);
  }
}
