package dev.paceline.extract.http;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.net.WWWFormCodec;

/// The secrets in a request, which no message may repeat: the values of its headers, and of its
/// form except for the harmless fields.
final class RequestSecrets {

  private static final Set<String> HARMLESS =
      Set.of("client_id", "grant_type", "scope", "redirect_uri");

  /// A shorter value could be a part of any word.
  private static final int MIN_CHARACTERS = 4;

  private static final String BASIC = "Basic ";

  private RequestSecrets() {}

  static List<String> of(ClassicHttpRequest request) throws IOException {
    List<String> secrets = new ArrayList<>();
    for (Header header : request.getHeaders()) {
      if (!header.getName().equalsIgnoreCase(HttpHeaders.ACCEPT)) {
        String value = header.getValue();
        String credentials = value.substring(value.lastIndexOf(' ') + 1); // after "Bearer"
        secrets.addAll(List.of(value, credentials));
        if (value.startsWith(BASIC)) {
          secrets.add(password(credentials));
        }
      }
    }
    HttpEntity form = request.getEntity();
    if (form != null) {
      String text = new String(EntityUtils.toByteArray(form), StandardCharsets.UTF_8);
      for (NameValuePair field : WWWFormCodec.parse(text, StandardCharsets.UTF_8)) {
        if (!HARMLESS.contains(field.getName())) {
          secrets.add(String.valueOf(field.getValue()));
        }
      }
    }
    secrets.removeIf(secret -> secret.length() < MIN_CHARACTERS);
    return secrets;
  }

  /// The password before it was encoded (RFC 6749, section 2.3.1).
  private static String password(String basic) {
    String credentials = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
    return URLDecoder.decode(
        credentials.substring(credentials.indexOf(':') + 1), StandardCharsets.UTF_8);
  }
}
