package dev.paceline.extract.sync;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.paceline.lake.log.Reject;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what is known of a record in place of the record itself.
final class RejectWriter {

  private static final Logger LOG = LoggerFactory.getLogger(RejectWriter.class);

  /// The status of a response that had the record, but one that exceeds a limit.
  private static final int OK = 200;

  private final String account;
  private final Committer committer;
  private final RunCounters counters;

  RejectWriter(String account, Committer committer, RunCounters counters) {
    this.account = account;
    this.committer = committer;
    this.counters = counters;
  }

  /// Writes a record that could not be read.
  void write(String stream, String key, Instant at, Reject reject) {
    LOG.warn(
        "{}: {} {} cannot be read ({} {}); continuing with the other records.",
        account,
        stream,
        key,
        reject.status(),
        reject.reason());
    committer.reject(keyOf(stream, key), at, reject);
    counters.rejected(stream);
  }

  /// Writes a record that exceeds a limit.
  ///
  /// @param beginning its first bytes
  void write(String stream, String key, Instant at, String reason, byte[] beginning) {
    write(stream, key, at, new Reject(OK, reason, beginning));
  }

  /// The name of the stream, then the record's key.
  private static String keyOf(String stream, String key) {
    ArrayNode named = JsonNodeFactory.instance.arrayNode().add(stream);
    return named.addAll((ArrayNode) PathTemplate.parseKey(key)).toString();
  }
}
