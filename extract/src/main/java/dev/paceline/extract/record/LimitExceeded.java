package dev.paceline.extract.record;

/// A record exceeds [dev.paceline.lake.log.RecordLimits], or what a parser can take, or is not
/// UTF-8. The message says which limit, in a few words.
public final class LimitExceeded extends Exception {

  private static final long serialVersionUID = 1L;

  LimitExceeded(String message) {
    super(message);
  }
}
