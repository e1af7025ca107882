package dev.paceline.lake.store;

import dev.paceline.cli.retry.Pause;
import dev.paceline.cli.retry.Retries;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Writes that S3 makes only if their condition holds.
final class S3ConditionalWrites {

  /// S3 returns 409 when two conditional writes of a key overlap; its documentation says to retry.
  static final Retries CONFLICTS =
      Retries.doubling(10, Duration.ofMillis(50), Duration.ofSeconds(2), new Pause(Thread::sleep));

  /// S3's 409s that end by themselves.
  private static final Set<String> OVERLAPS =
      Set.of("ConditionalRequestConflict", "OperationAborted");

  private final S3Client s3;
  private final Retries conflicts;

  S3ConditionalWrites(S3Client s3, Retries conflicts) {
    this.s3 = s3;
    this.conflicts = conflicts;
  }

  Put put(PutObjectRequest request, byte[] body) {
    return write(() -> new Put.Stored(s3.putObject(request, RequestBody.fromBytes(body)).eTag()));
  }

  /// Whether the object was deleted.
  boolean delete(DeleteObjectRequest request) {
    Put outcome =
        write(() -> {
          s3.deleteObject(request);
          return new Put.Stored("");
        });
    return outcome instanceof Put.Stored;
  }

  private Put write(Supplier<Put> write) {
    return conflicts.call(() -> outcome(write), S3ConditionalWrites::isConflict);
  }

  private static Put outcome(Supplier<Put> write) {
    try {
      return write.get();
    } catch (S3Exception refused) {
      return switch (S3Failures.code(refused)) {
        case "PreconditionFailed" -> new Put.PreconditionFailed();
        case "NoSuchKey" -> new Put.NotFound();
        default -> throw refused;
      };
    }
  }

  private static boolean isConflict(Exception thrown) {
    return thrown instanceof S3Exception refused && OVERLAPS.contains(S3Failures.code(refused));
  }
}
