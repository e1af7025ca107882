package dev.paceline.load.warmup;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// The server's half of SCRAM-SHA-256 (RFC 5802), which hosted Postgres always asks for. Whoever
/// knows the password is told so; nobody is refused.
final class ScramServer {

  private static final byte[] SALT = "warm-up of load".getBytes(StandardCharsets.US_ASCII);
  private static final int ROUNDS = 4096;

  private final String password;
  private String clientFirst = "";
  private String serverFirst = "";

  ScramServer(String password) {
    this.password = password;
  }

  /// @param message of the client: `n,,n=,r=…`
  String challenge(String message) {
    clientFirst = message.substring("n,,".length());
    String nonce = clientFirst.substring(clientFirst.indexOf("r="));
    serverFirst =
        "%swarmup,s=%s,i=%d".formatted(nonce, Base64.getEncoder().encodeToString(SALT), ROUNDS);
    return serverFirst;
  }

  /// @param message of the client: `c=…,r=…,p=…`
  String signature(String message) {
    String all = clientFirst + "," + serverFirst + "," + message.replaceFirst(",p=.*", "");
    try {
      byte[] salted =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(new PBEKeySpec(password.toCharArray(), SALT, ROUNDS, 256))
              .getEncoded();
      return "v=" + Base64.getEncoder().encodeToString(hmac(hmac(salted, "Server Key"), all));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("This JRE has no SHA-256.", missing);
    }
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
