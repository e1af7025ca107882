package dev.paceline.extract.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Pages linked by `Link` headers.
class LinkPagesTest extends ListingTestCase {

  private static final StreamDescription LINKED = things(new Pagination.Link());

  /// Sets the response of an address; an empty link means no header.
  private void page(String address, String body, String link) {
    MappingBuilder call = WireMock.get(WireMock.urlEqualTo(address));
    api.server()
        .stubFor(
            call.willReturn(
                link.isEmpty()
                    ? WireMock.okJson(body)
                    : WireMock.okJson(body).withHeader("Link", link)));
  }

  @Test
  void followsAbsoluteAndRelativeLinks() {
    page("/things?state=all", records(1), "<%s/things?p=2>; rel=\"next\"".formatted(api.url()));
    page("/things?p=2", records(2), "</more/things?p=3>; rel=next");
    page("/more/things?p=3", records(3), "<?p=4>; rel=\"next\"");
    page("/more/things?p=4", records(4), "<last>; rel=\"next\"");
    page("/more/last", records(5), "</things?state=all>; rel=\"first prev\"");

    assertThat(keys(pages(LINKED))).isEqualTo(keysOf(1, 2, 3, 4, 5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:1/things?p=2",
        "//elsewhere.example/things",
        "https://127.0.0.1/things",
        "file:///etc/passwd"
      })
  void neverFollowsALinkToAnotherHost(String link) {
    page("/things?state=all", records(1), "<%s>; rel=\"next\"".formatted(link));

    assertThatThrownBy(() -> keys(pages(LINKED)))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.CONFIGURATION))
        .hasMessageContaining("a token is never sent to another address");
    assertThat(api.calls()).hasSize(1);
  }

  @Test
  void refusesCircularLinks() {
    page("/things?state=all", records(1), "</things?p=2>; rel=\"next\"");
    page("/things?p=2", records(2), "</things?p=3>; rel=\"next\"");
    page("/things?p=3", records(3), "</things?p=2>; rel=\"next\"");

    LinkedPagesTest.assertUnusable(() -> keys(pages(LINKED)), "leads back to an earlier page");
  }

  @Test
  void refusesAnInvalidLink() {
    page("/things?state=all", records(1), "<http://[>; rel=\"next\"");

    LinkedPagesTest.assertUnusable(
        () -> keys(pages(LINKED)), "\"http://[\" is not a valid address");
  }

  @Test
  void doesNotPrintTheQueryOfALink() {
    page("/things?state=all", records(1), "</things?key=hush>; rel=\"next\"");
    page("/things?key=hush", "{", "");

    assertThatThrownBy(() -> keys(pages(LINKED)))
        .hasMessageContaining("/things?***")
        .hasMessageNotContaining("hush");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "none",
      value = {
        "<a>; rel=\"next\"                                | a",
        "<a>;rel=next                                     | a",
        "<a>; REL=\"NEXT\"                                | a",
        "<p>; rel=\"prev\", <n>; rel=\"next\"             | n",
        "<l>; rel=\"last\" ,<n,1>; title=\"x\"; rel=\"next\" | n,1",
        "<n>; title=\"a, <b>; rel=\\\"prev\\\"\"; rel=\"next\" | n",
        "<n>; rel=\"last next\"                           | n",
        "<n>; rel=\"prev\"; rel=\"next\"                  | none",
        "<n>; rel=\"next-archive\"                        | none",
        "<n>; nextrel=\"next\"                            | none",
        "<n>                                              | none",
        "n; rel=\"next\"                                  | none",
        "``                                               | none",
      })
  void parsesTheHeaderAsInTheRfc(String header, String target) {
    assertThat(LinkHeader.next(header).orElse(null)).isEqualTo(target);
  }
}
