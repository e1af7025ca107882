package dev.paceline.extract.describe;

import dev.paceline.cli.DurationText;
import dev.paceline.extract.api.ApiDescription;
import dev.paceline.extract.api.Authentication;
import dev.paceline.extract.api.ErrorRule;
import dev.paceline.extract.api.RateLimit;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A source described in words, for a terminal and, as JSON, for programs.
///
/// @param signIn how it authenticates callers
/// @param budgets the rate limits; empty if none are known
/// @param identity the stream that says whose account it is; empty if none does
/// @param errors the meaning of errors that their status alone does not show
public record SourceSummary(
    String source,
    String title,
    String version,
    URI apiUrl,
    Optional<URI> oauthUrl,
    String signIn,
    Optional<String> identity,
    List<String> budgets,
    List<String> errors,
    List<Setting> settings,
    List<StreamSummary> streams) {

  public static SourceSummary of(ApiDescription api) {
    return new SourceSummary(
        api.source(),
        api.title(),
        api.version(),
        api.apiUrl(),
        Optional.ofNullable(api.oauthUrl()),
        signIn(api),
        Optional.ofNullable(api.identity()),
        api.rateLimits().stream().map(SourceSummary::budget).toList(),
        api.errors().stream().map(SourceSummary::error).toList(),
        Setting.of(api),
        api.streams().stream().map(StreamSummary::of).toList());
  }

  private static String signIn(ApiDescription api) {
    return switch (api.authentication()) {
      case Authentication.None() -> "none is needed";
      case Authentication.ApiKey(String header) -> "a key in the header " + header;
      case Authentication.ClientCredentials(String _, List<String> scopes) ->
          "OAuth2, for the application itself" + asking(scopes);
      case Authentication.Oauth2RefreshToken(Duration margin, String _, List<String> scopes) ->
          "OAuth2, once for each account by `extract authorize %s --account NAME`%s; a token with"
                  .formatted(api.source(), asking(scopes))
              + " less than %s left is renewed before it is used"
                  .formatted(DurationText.of(margin));
    };
  }

  private static String asking(List<String> scopes) {
    return scopes.isEmpty() ? "" : ", asking for " + ListText.and(scopes);
  }

  private static String budget(RateLimit limit) {
    List<String> windows = limit.windows().stream().map(DurationText::of).toList();
    return "%s, per %s, reported in %s and %s%s"
        .formatted(
            limit.name(),
            ListText.and(windows),
            limit.limitHeader(),
            limit.usageHeader(),
            limit
                .publishedLimits()
                .map(most -> "; a new application is allowed " + ListText.and(numbers(most)))
                .orElse(""));
  }

  private static List<String> numbers(List<Long> numbers) {
    return numbers.stream().map("%,d"::formatted).toList();
  }

  private static String error(ErrorRule rule) {
    return "%d%s: %s%s"
        .formatted(
            rule.status(),
            rule.contains() == null ? "" : " with " + rule.contains(),
            switch (rule.meaning()) {
              case RETRY -> "the call is retried";
              case SKIP -> "the record cannot be read, and becomes a reject";
              case ABSENT -> "the object does not exist";
              case SCOPE_MISSING ->
                  "the token lacks a scope; the stream is skipped if all of it is denied";
              case ACCOUNT_REFUSED -> "the account is refused, the others continue";
              case APPLICATION_REFUSED -> "the application is refused, and the run ends";
            },
            rule.remedyText().map("; to fix it: %s"::formatted).orElse(""));
  }
}
