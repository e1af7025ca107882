package dev.paceline.extract.auth;

/// An account of a source, whose token it is.
public record Owner(String source, String account) {

  /// As its token is named in every store.
  String key() {
    return source + "-" + account;
  }

  /// What somebody types to give the account a token; every refusal that only a person can mend
  /// ends with it.
  public String authorize() {
    return "extract authorize %s --account %s".formatted(source, account);
  }

  /// The same, over a token that is there.
  public String authorizeAnew() {
    return authorize() + " --force";
  }
}
