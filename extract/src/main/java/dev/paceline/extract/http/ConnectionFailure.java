package dev.paceline.extract.http;

import dev.paceline.cli.Settings;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;

/// Describes why a call got no complete response.
final class ConnectionFailure {

  private ConnectionFailure() {}

  /// The failure of a call (exit 69).
  ///
  /// @param attempts how many were made
  static Failure of(String doing, IOException broken, int attempts, HttpLimits limits) {
    String reason = ErrorText.line(reason(broken, limits));
    return new Failure(
        Exit.UNAVAILABLE,
        doing,
        attempts == 1 ? reason : "%s (tried %d times)".formatted(reason, attempts),
        remedy(broken),
        broken);
  }

  /// The reason in a few words.
  static String reason(IOException broken, HttpLimits limits) {
    return switch (broken) {
      case UnknownHostException unknown -> "there is no host " + unknown.getMessage();
      case ConnectTimeoutException _ -> "no connection was made within " + text(limits.connect());
      case SocketTimeoutException _ -> "no response arrived within " + text(limits.read());
      case SlowResponse _ -> "the response was not complete after " + text(limits.total());
      default -> String.valueOf(broken.getMessage());
    };
  }

  private static String remedy(IOException broken) {
    return broken instanceof SSLHandshakeException || broken instanceof SSLPeerUnverifiedException
        ? "name a PEM file with the certificate of the authority that signed the source's in "
            + Settings.variableOf("ca_file")
        : "check the network and the URL, and try again";
  }

  private static String text(Duration limit) {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }

  /// A response that was still arriving when its time was up.
  static final class SlowResponse extends IOException {

    private static final long serialVersionUID = 1L;

    SlowResponse(IOException cause) {
      super(cause);
    }
  }
}
