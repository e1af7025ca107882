package dev.paceline.extract.auth;

/// An account of a source, whose token it is.
public record AccountRef(String source, String name) {

  /// As its token is named in every store.
  String key() {
    return source + "-" + name;
  }

  /// What somebody types to give the account a token; every refusal that only a person can mend
  /// ends with it.
  public String authorizeCommand() {
    return "extract authorize %s --account %s".formatted(source, name);
  }

  /// The same, over a token that is there.
  public String reauthorizeCommand() {
    return authorizeCommand() + " --force";
  }
}
