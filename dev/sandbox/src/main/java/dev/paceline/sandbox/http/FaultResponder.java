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
final class FaultResponder {
  /// How a call is counted that gets no answer.
  static final int UNANSWERED = 0;

  private static final int TOO_MANY_BYTES = 100;

  private final Context context;
  private final IntConsumer count;

  /// `count` is told the status before the answer goes out: whoever looks after a cut connection
  /// finds the call counted.
  FaultResponder(Context context, IntConsumer count) {
    this.context = context;
    this.count = count;
  }

  void respond(Fault fault, Supplier<Payload> normal) {
    switch (fault) {
      case Fault.Status status -> status(status);
      case Fault.Redirect(String location) -> {
        count.accept(302);
        context.status(302).header("Location", location);
      }
      case Fault.Drop _ -> {
        count.accept(UNANSWERED);
        RawConnection.of(context).drop();
      }
      case Fault.Hang _ -> hang();
      case Fault.RotatedUnanswered _ -> {
        Payload _ = normal.get(); // the token turns all the same
        hang();
      }
      case Fault.SlowDrip(int bytesPerSecond) -> {
        Payload body = counted(normal);
        RawConnection.of(context).drip(body, bytesPerSecond);
      }
      case Fault.CutBody _ -> {
        Payload body = counted(normal);
        int length = body.bytes().length;
        RawConnection.of(context).send(body, length, Arrays.copyOf(body.bytes(), length / 2));
      }
      case Fault.ShortBody _ -> {
        Payload body = counted(normal);
        RawConnection.of(context).send(body, body.bytes().length + TOO_MANY_BYTES, body.bytes());
      }
      case Fault.LongBody _ -> {
        Payload body = counted(normal);
        RawConnection.of(context).send(body, body.bytes().length * 2 / 3, body.bytes());
      }
      case Fault.MalformedJson _ -> {
        byte[] json = plain(counted(normal));
        Responses.json(context, 200, Arrays.copyOf(json, json.length * 2 / 3));
      }
      case Fault.UploadDuringListing _ -> Responses.json(context, 200, counted(normal));
      case Fault.ExpireToken _ ->
          throw new IllegalStateException("An expired token is refused before anything else.");
    }
  }

  private void hang() {
    count.accept(UNANSWERED);
    RawConnection.of(context).hold();
  }

  private Payload counted(Supplier<Payload> normal) {
    Payload body = normal.get();
    count.accept(200);
    return body;
  }

  /// A gateway that answers in Strava's place knows nothing of limits.
  private void status(Fault.Status status) {
    count.accept(status.status());
    if (status.status() >= 502) {
      RateLimits.removeHeaders(context);
    }
    context.status(status.status()).contentType(status.contentType()).result(status.body());
    status.headers().forEach(context::header);
    Responses.markHandled(context);
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
