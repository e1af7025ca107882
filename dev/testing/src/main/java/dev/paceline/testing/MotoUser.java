package dev.paceline.testing;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An IAM user of [MotoServer] with an access key.
record MotoUser(String keyId, String secretKey) {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /// moto reads the service from it, and checks no signature while permissions are not enforced.
  private static final String AUTHORIZATION =
      "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/iam/aws4_request,"
          + " SignedHeaders=host, Signature=0";

  static MotoUser allowedTo(String... actions) {
    String name = "user-" + UUID.randomUUID();
    String policy =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Resource\":\"*\",\"Action\":[%s]}]}"
            .formatted(
                Stream.of(actions).map("\"%s\""::formatted).collect(Collectors.joining(",")));
    iam("CreateUser", Map.of("UserName", name));
    iam(
        "PutUserPolicy",
        Map.of("UserName", name, "PolicyName", "permissions", "PolicyDocument", policy));
    String key = iam("CreateAccessKey", Map.of("UserName", name));
    return new MotoUser(text(key, "AccessKeyId"), text(key, "SecretAccessKey"));
  }

  static void enforcePermissions(boolean enforced) {
    post("/moto-api/reset-auth", "text/plain", enforced ? "0" : "inf");
  }

  private static String iam(String action, Map<String, String> parameters) {
    Map<String, String> form = new TreeMap<>(parameters);
    form.put("Action", action);
    form.put("Version", "2010-05-08");
    return post(
        "/",
        "application/x-www-form-urlencoded",
        form.entrySet().stream()
            .map(field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&")));
  }

  private static String post(String path, String type, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(MotoServer.url() + path))
            .header("Authorization", AUTHORIZATION)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException("moto returned " + response.body());
      }
      return response.body();
    } catch (IOException e) {
      throw new IllegalStateException("moto does not respond", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while calling moto", e);
    }
  }

  private static String text(String xml, String element) {
    Matcher found = Pattern.compile("<%1$s>(.*?)</%1$s>".formatted(element)).matcher(xml);
    if (!found.find()) {
      throw new IllegalStateException("moto's response has no " + element);
    }
    return found.group(1);
  }
}
