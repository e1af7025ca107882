package dev.paceline.sandbox.http;

import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/// Responds to a call for which a fault is due.
final class FaultResponder {
  /// The status under which a call without a response is counted.
  static final int UNANSWERED = 0;

  private static final int MISSING_BYTES = 100;

  private final Context context;
  private final IntConsumer count;

  /// `count` gets the status before the response is sent, so that a test that looks after a cut
  /// connection finds the call counted.
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
        RawConnection.of(context).close();
      }
      case Fault.Hang _ -> hang();
      case Fault.Hold(CountDownLatch cleared) -> {
        RawConnection.of(context).await(cleared);
        Responses.json(context, 200, counted(normal));
      }
      case Fault.RotatedUnanswered _ -> {
        Payload _ = normal.get(); // the token is rotated all the same
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
        RawConnection.of(context).send(body, body.bytes().length + MISSING_BYTES, body.bytes());
      }
      case Fault.LongBody _ -> {
        Payload body = counted(normal);
        RawConnection.of(context).send(body, body.bytes().length * 2 / 3, body.bytes());
      }
      case Fault.MalformedJson _ -> {
        byte[] json = unpacked(counted(normal));
        Responses.json(context, 200, Arrays.copyOf(json, json.length * 2 / 3));
      }
      case Fault.UploadDuringListing _ -> Responses.json(context, 200, counted(normal));
      case Fault.ExpireToken _ ->
          throw new IllegalStateException(
              "An expired token is rejected before the fault is applied.");
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

  /// From status 502 on the response stands for a gateway in front of Strava, which sends no
  /// rate-limit headers.
  private void status(Fault.Status status) {
    count.accept(status.status());
    if (status.status() >= 502) {
      RateLimits.removeHeaders(context);
    }
    context.status(status.status()).contentType(status.contentType()).result(status.body());
    status.headers().forEach(context::header);
    Responses.markHandled(context);
  }

  private static byte[] unpacked(Payload body) {
    if (!body.gzipped()) {
      return body.bytes();
    }
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body.bytes()))) {
      return gzip.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Unpacking the sandbox's own response", e);
    }
  }
}
