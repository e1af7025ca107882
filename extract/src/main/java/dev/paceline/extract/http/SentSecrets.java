package dev.paceline.extract.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.net.WWWFormCodec;

/// What a request carries and no message may repeat: the values of its headers, and of its form but
/// for those that say who asks for what.
final class SentSecrets {

  private static final Set<String> HARMLESS =
      Set.of("client_id", "grant_type", "scope", "redirect_uri");

  /// What is shorter could be a part of any word.
  private static final int LEAST_CHARACTERS = 4;

  private SentSecrets() {}

  static List<String> of(ClassicHttpRequest request) throws IOException {
    List<String> secrets = new ArrayList<>();
    for (Header header : request.getHeaders()) {
      if (!header.getName().equalsIgnoreCase(HttpHeaders.ACCEPT)) {
        String value = header.getValue();
        secrets.add(value.substring(value.lastIndexOf(' ') + 1)); // what follows "Bearer"
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
    secrets.removeIf(secret -> secret.length() < LEAST_CHARACTERS);
    return secrets;
  }
}
