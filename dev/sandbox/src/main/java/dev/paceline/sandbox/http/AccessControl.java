package dev.paceline.sandbox.http;

import dev.paceline.sandbox.world.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/// Who may call the sandbox. Any user of this machine can connect to it, and so can a page in a
/// browser whose host name was pointed here (DNS rebinding). Therefore every call has to name this
/// machine as its host, and a call of the control API has to carry a key that is new at each start.
/// Calls of Strava's API have its tokens.
final class AccessControl {
  private static final int KEY_BYTES = 24;

  private final ListenAddress address;
  private final String key;

  AccessControl(ListenAddress address) {
    this.address = address;
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    key = Base64.getUrlEncoder().encodeToString(random);
  }

  String key() {
    return key;
  }

  void addTo(RoutesConfig routes) {
    routes.before(context -> {
      String host = String.valueOf(context.host());
      if (!address.isNamedBy(host)) {
        String sentence =
            "The host %s is not this sandbox; call %s, or name it with --name."
                .formatted(host, address.ownName());
        refuse(context, 421, sentence);
      }
    });
    // By the router's own matching: a path that reaches a handler in another spelling is guarded.
    for (String path : List.of("/control", "/control/*")) {
      routes.before(path, this::requireKey);
    }
  }

  private void requireKey(Context context) {
    if (!hasKey(context)) {
      String sentence =
          "%s %s needs the header \"Authorization: Bearer KEY\"; the sandbox wrote its key to the ready file, or printed it."
              .formatted(context.method(), context.path());
      refuse(context, 401, sentence);
    }
  }

  private boolean hasKey(Context context) {
    String given = context.header("Authorization");
    return given != null
        && MessageDigest.isEqual(bytes(StravaApi.BEARER + key), bytes(given.strip()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void refuse(Context context, int status, String sentence) {
    Responses.json(context, status, Json.object().put("error", sentence));
    context.skipRemainingHandlers();
  }
}
