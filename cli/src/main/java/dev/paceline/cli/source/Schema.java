package dev.paceline.cli.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.AnnotationKeyword;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/// A JSON Schema (2020-12) that `sources/` publishes for its files of one name.
public final class Schema {

  private final JsonNode json;

  private Schema(JsonNode json) {
    this.json = json;
  }

  /// The schema of a file: of `api.yaml` it is `api.schema.json`. Empty where there is none.
  public static Optional<Schema> of(String file) {
    String name = "/sources/%s.schema.json".formatted(file.replaceFirst("\\.yaml$", ""));
    try (InputStream in = Schema.class.getResourceAsStream(name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new Schema(new ObjectMapper().readTree(in)));
    } catch (IOException broken) {
      throw new UncheckedIOException("The schema %s is damaged.".formatted(name), broken);
    }
  }

  public JsonNode json() {
    return json;
  }

  /// Everything in a document that the schema does not allow.
  List<Finding> check(JsonNode document) {
    // errorMessage is what editors show as well, in place of a pattern.
    Dialect dialect =
        Dialect.builder(Dialects.getDraft202012())
            .keyword(new AnnotationKeyword("errorMessage"))
            .build();
    SchemaSentences sentences = new SchemaSentences(json);
    return SchemaRegistry.withDialect(dialect).getSchema(json).validate(document).stream()
        .map(sentences::of)
        .distinct()
        .toList();
  }
}
