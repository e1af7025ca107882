package dev.paceline.extract.authorize;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// How the user is asked for consent, and how the response comes back.
public sealed interface ConsentFlow extends AutoCloseable permits BrowserFlow, ManualFlow {

  /// The address to which the source redirects the browser.
  URI redirectUri();

  /// Shows the address of the consent page, and waits for the redirect; empty if none came in time.
  Optional<Redirect> ask(ConsentRequest request, Duration timeout);

  /// Shows the outcome.
  void showResult(ResultPage page);

  @Override
  void close();
}
