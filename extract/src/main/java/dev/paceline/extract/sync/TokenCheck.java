package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.StreamDescription.Listing;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.listing.Pages;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Asks the source whose token it is that somebody has stored during the run, so that nothing of
/// anybody else is committed.
final class TokenCheck implements Supplier<Optional<Failure>> {

  private final Listing identity;
  private final ApiClient client;
  private final ListingGuard guard;

  TokenCheck(String account, Listing identity, ApiClient client, AccountState state, Run run) {
    this.identity = identity;
    this.client = client;
    this.guard = new ListingGuard(account, identity, client, state, run);
  }

  /// Makes one call. Returns why the token is not the account's (exit 65); empty if it is.
  @Override
  public Optional<Failure> get() {
    return switch (Pages.of(identity, identity.path(), Optional.empty(), client).next()) {
      case Pages.Page page -> guard.foreign(page.records());
      case Pages.End() -> guard.foreign(List.of());
      case Pages.Refused refused -> throw refused.failure();
    };
  }
}
