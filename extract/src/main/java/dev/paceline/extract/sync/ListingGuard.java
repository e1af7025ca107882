package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.StreamDescription.Listing;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.record.SourceRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Refuses a listing that would do damage: one of somebody else's records, or one that lacks too
/// many of the known ones.
final class ListingGuard {

  /// A listing that lacks more than this many *and* more than this share of the known records is
  /// not accepted.
  private static final int SHRINK_RECORDS = 20;

  private static final double SHRINK_SHARE = 0.2;

  private final String account;
  private final Listing stream;
  private final ApiClient client;
  private final AccountState state;
  private final Run run;

  ListingGuard(String account, Listing stream, ApiClient client, AccountState state, Run run) {
    this.account = account;
    this.stream = stream;
    this.client = client;
    this.state = state;
    this.run = run;
  }

  /// Why nothing of the account is committed (exit 65), if the stream identifies it and the source
  /// does not say that it is the same as before. Empty for any other stream.
  Optional<Failure> foreign(List<SourceRecord> records) {
    if (!run.plan().isIdentity(stream)) {
      return Optional.empty();
    }
    List<String> ids =
        records.stream()
            .filter(record -> record.misfit() == null)
            .map(record -> id(record.key()))
            .toList();
    if (ids.size() != 1) {
      return Optional.of(
          new Failure(
              Exit.UNUSABLE,
              doing(),
              "the source does not say whose account it is: its response has %d records"
                  .formatted(ids.size()),
              "run the same command again later: nothing of it was committed"));
    }
    return client
        .subject()
        .or(() -> state.identity().map(ListingGuard::id))
        .filter(expected -> !expected.equals(ids.getFirst()))
        .map(expected -> another(ids.getFirst(), expected));
  }

  private Failure another(String found, String expected) {
    return new Failure(
        Exit.UNUSABLE,
        doing(),
        "the token is that of %s %s, but the account is that of %s; nothing of it was committed"
            .formatted(stream.name(), found, expected),
        "authorize the account again, signed in as %s; or with --force, signed in as %s, if it should"
                .formatted(expected, found)
            + " have the data of that one from now on: "
            + client.authorizeCommand().orElse("use the right credentials"));
  }

  /// The only member of a key.
  static String id(String key) {
    return PathTemplate.parseKey(key).path(0).asText();
  }

  /// Throws (exit 65) if so many known records are missing that the listing is probably wrong.
  void ensurePlausible(int missing) {
    ListingState listing = state.listing(stream.name());
    if (missing == 0 || run.choices().acceptShrink()) {
      return;
    }
    Set<String> lost = new TreeSet<>(listing.scopes());
    client.scopes().ifPresentOrElse(lost::removeAll, lost::clear);
    if (!lost.isEmpty()) {
      throw new Failure(
          Exit.UNUSABLE,
          doing(),
          "%d known records are not in it, and the token no longer has the scope %s"
              .formatted(missing, String.join(", ", lost)),
          "authorize the account again with these scopes; if the records were really deleted, "
              + "run once with --accept-shrink");
    }
    if (missing > SHRINK_RECORDS && missing > listing.knownAtStart() * SHRINK_SHARE) {
      throw new Failure(
          Exit.UNUSABLE,
          doing(),
          "%d of %d known records are missing".formatted(missing, listing.knownAtStart()),
          "if they were really deleted, run once with --accept-shrink; otherwise check the account's"
              + " scopes");
    }
  }

  private String doing() {
    return "Listing the stream %s of the account %s".formatted(stream.name(), account);
  }
}
