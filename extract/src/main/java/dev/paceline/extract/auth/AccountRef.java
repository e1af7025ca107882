package dev.paceline.extract.auth;

/// Identifies an account of a source.
public record AccountRef(String source, String name) {

  /// The name of its token in every store.
  String key() {
    return source + "-" + name;
  }

  /// The command that gets the account a token. Every refusal that only the user can fix names it.
  public String authorizeCommand() {
    return "extract authorize %s --account %s".formatted(source, name);
  }

  /// The same command, replacing an existing token.
  public String reauthorizeCommand() {
    return authorizeCommand() + " --force";
  }
}
