package dev.paceline.sandbox.http;

import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/// Answers a call to which something is to happen.
final class Delivery {
  /// How a call is counted that gets no answer.
  static final int UNANSWERED = 0;

  private static final int TOO_MANY_BYTES = 100;

  private final Context context;
  private final IntConsumer count;

  /// `count` is told the status before the answer goes out: whoever looks after a cut connection
  /// finds the call counted.
  Delivery(Context context, IntConsumer count) {
    this.context = context;
    this.count = count;
  }

  void deliver(Mishap mishap, Supplier<Payload> right) {
    switch (mishap) {
      case Mishap.Status status -> status(status);
      case Mishap.Redirect(String location) -> {
        count.accept(302);
        context.status(302).header("Location", location);
      }
      case Mishap.Drop _ -> {
        count.accept(UNANSWERED);
        Wire.of(context).drop();
      }
      case Mishap.Hang _ -> hang();
      case Mishap.RotatedUnanswered _ -> {
        Payload _ = right.get(); // the token turns all the same
        hang();
      }
      case Mishap.SlowDrip(int bytesPerSecond) -> {
        Payload body = answered(right);
        Wire.of(context).drip(body, bytesPerSecond);
      }
      case Mishap.CutBody _ -> {
        Payload body = answered(right);
        int length = body.bytes().length;
        Wire.of(context).send(body, length, Arrays.copyOf(body.bytes(), length / 2));
      }
      case Mishap.ShortBody _ -> {
        Payload body = answered(right);
        Wire.of(context).send(body, body.bytes().length + TOO_MANY_BYTES, body.bytes());
      }
      case Mishap.LongBody _ -> {
        Payload body = answered(right);
        Wire.of(context).send(body, body.bytes().length * 2 / 3, body.bytes());
      }
      case Mishap.MalformedJson _ -> {
        byte[] json = plain(answered(right));
        Answers.json(context, 200, Arrays.copyOf(json, json.length * 2 / 3));
      }
      case Mishap.UploadDuringListing _ -> Answers.json(context, 200, answered(right));
      case Mishap.ExpireToken _ ->
          throw new IllegalStateException("An expired token is refused before anything else.");
    }
  }

  private void hang() {
    count.accept(UNANSWERED);
    Wire.of(context).hold();
  }

  private Payload answered(Supplier<Payload> right) {
    Payload body = right.get();
    count.accept(200);
    return body;
  }

  /// A gateway that answers in Strava's place knows nothing of limits.
  private void status(Mishap.Status status) {
    count.accept(status.status());
    if (status.status() >= 502) {
      RateLimits.removeHeaders(context);
    }
    context.status(status.status()).contentType(status.contentType()).result(status.body());
    status.headers().forEach(context::header);
    Answers.given(context);
  }

  private static byte[] plain(Payload body) {
    if (!body.gzipped()) {
      return body.bytes();
    }
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body.bytes()))) {
      return gzip.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Unpacking an answer of our own", e);
    }
  }
}
