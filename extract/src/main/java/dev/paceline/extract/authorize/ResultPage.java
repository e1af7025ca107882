package dev.paceline.extract.authorize;

import java.nio.charset.StandardCharsets;

/// The page that the browser shows at the end. It contains nothing that the browser has sent.
enum ResultPage {
  DONE(200, "Done", "The account is authorized. You can close this page."),
  REFUSED(403, "Not authorized", "Nothing was stored. The terminal says why."),
  TRY_AGAIN(400, "That did not work", "The terminal says what to do. Then try again.");

  private final int status;
  private final String title;
  private final String text;

  ResultPage(int status, String title, String text) {
    this.status = status;
    this.title = title;
    this.text = text;
  }

  int status() {
    return status;
  }

  byte[] html() {
    return """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <title>Paceline: %1$s</title>
    <body style="font-family: sans-serif; margin: 4em">
    <h1>%1$s</h1>
    <p>%2$s</p>
    """
        .formatted(title, text)
        .getBytes(StandardCharsets.UTF_8);
  }
}
