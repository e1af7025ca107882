package dev.paceline.extract.authorize;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// How a person is asked, and how the answer comes back.
public sealed interface ConsentFlow extends AutoCloseable permits BrowserFlow, ManualFlow {

  /// Where the source is to send the browser with the answer.
  URI redirectUri();

  /// Shows the address that asks, and waits for the answer; empty where none came in time.
  Optional<Redirect> ask(ConsentRequest request, Duration timeout);

  /// Shows what became of the answer.
  void showResult(ResultPage page);

  @Override
  void close();
}
