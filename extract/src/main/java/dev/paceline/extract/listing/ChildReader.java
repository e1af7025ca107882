package dev.paceline.extract.listing;

import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.http.Answer;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.http.Call;
import dev.paceline.extract.record.Document;

/// Reads a record that has a call of its own.
public final class ChildReader {

  private ChildReader() {}

  public static Answer<Document> read(StreamDescription stream, String path, ApiClient client) {
    return client.get(Call.of(stream.path(), path, stream.query()), Document::read);
  }
}
