package dev.paceline.extract.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.paceline.cli.source.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `sources/api.schema.json`, which has to agree with the records that an `api.yaml` is read into.
class ApiSchemaTest {

  private final JsonNode schema = Schema.of(ApiDescription.FILE).orElseThrow().json();

  @Test
  void isAJsonSchemaItself() {
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    assertThat(
            registry.getSchema(SchemaLocation.of(schema.path("$schema").asText())).validate(schema))
        .isEmpty();
  }

  @Test
  void describesEachMember() {
    List<String> undescribed = new ArrayList<>();
    collectUndescribed(schema, "", undescribed);

    assertThat(undescribed).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', dev.paceline.extract.api.ApiDescription",
    "stream, dev.paceline.extract.api.StreamEntry",
    "each, dev.paceline.extract.api.ChildOf",
    "rate_limit, dev.paceline.extract.api.RateLimit",
    "error_rule, dev.paceline.extract.api.ErrorRule",
    "page, dev.paceline.extract.api.Pagination$Page",
    "cursor, dev.paceline.extract.api.Pagination$Cursor",
    "keyset, dev.paceline.extract.api.Pagination$Keyset",
    "api_key, dev.paceline.extract.api.Authentication$ApiKey",
    "client_credentials, dev.paceline.extract.api.Authentication$ClientCredentials",
    "oauth2_refresh_token, dev.paceline.extract.api.Authentication$Oauth2RefreshToken"
  })
  void hasTheMembersOfTheRecords(String definition, Class<?> type) {
    JsonNode described = definition.isEmpty() ? schema : schema.path("$defs").path(definition);
    Set<String> members =
        Arrays.stream(type.getRecordComponents())
            .map(part -> part.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
            .map(name -> name.equals("volatile_members") ? "volatile" : name)
            .collect(Collectors.toCollection(TreeSet::new));

    Set<String> allowed = new TreeSet<>(names(described.path("properties")));
    allowed.remove("type");
    assertThat(allowed).isEqualTo(members);
  }

  private static void collectUndescribed(JsonNode node, String path, List<String> undescribed) {
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String below = path + "/" + member.getKey();
      boolean ofMembers = path.endsWith("/properties") && !path.contains("/allOf/");
      if (ofMembers && !member.getKey().equals("type") && !member.getValue().has("description")) {
        undescribed.add(below);
      }
      collectUndescribed(member.getValue(), below, undescribed);
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      collectUndescribed(node.path(i), path + "/" + i, undescribed);
    }
  }

  private static Set<String> names(JsonNode properties) {
    return properties.propertyStream().map(Map.Entry::getKey).collect(Collectors.toSet());
  }
}
