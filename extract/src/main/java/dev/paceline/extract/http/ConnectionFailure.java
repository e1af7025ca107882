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

/// Says why a call got no whole answer.
final class ConnectionFailure {

  private ConnectionFailure() {}

  /// A failure of a call (exit 69).
  ///
  /// @param tried how often
  static Failure of(String doing, IOException broken, int tried, HttpLimits limits) {
    String why = ErrorText.line(reason(broken, limits));
    return new Failure(
        Exit.UNAVAILABLE,
        doing,
        tried == 1 ? why : "%s (tried %d times)".formatted(why, tried),
        remedy(broken),
        broken);
  }

  /// Why, in a few words.
  static String reason(IOException broken, HttpLimits limits) {
    return switch (broken) {
      case UnknownHostException unknown -> "there is no host " + unknown.getMessage();
      case ConnectTimeoutException _ -> "no connection came about in " + words(limits.connect());
      case SocketTimeoutException _ -> "no answer came in " + words(limits.read());
      case SlowResponse _ -> "the answer was not whole after " + words(limits.total());
      default -> String.valueOf(broken.getMessage());
    };
  }

  private static String remedy(IOException broken) {
    return broken instanceof SSLHandshakeException || broken instanceof SSLPeerUnverifiedException
        ? "name a PEM file with the certificate of whoever signed the source's in "
            + Settings.variableOf("ca_file")
        : "check the network and the URL, and try again";
  }

  private static String words(Duration limit) {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }

  /// An answer that was still coming when its time was over.
  static final class SlowResponse extends IOException {

    private static final long serialVersionUID = 1L;

    SlowResponse(IOException cut) {
      super(cut);
    }
  }
}
