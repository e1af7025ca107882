package dev.paceline.load.postgres.copy;

import com.fasterxml.jackson.core.JsonToken;
import dev.paceline.load.rows.Encoder;
import dev.paceline.load.rows.GrowableBuffer;
import dev.paceline.load.rows.Line;
import dev.paceline.load.rows.Unfit;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;

/// `uuid`, written with four hyphens.
final class UuidEncoder implements Encoder {

  private static final Pattern FORM =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  @Override
  public boolean encode(Line line, GrowableBuffer into) throws IOException, Unfit {
    if (line.token() != JsonToken.VALUE_STRING
        || !FORM.matcher(line.parser().getText()).matches()) {
      throw new Unfit("it is not a UUID");
    }
    UUID value = UUID.fromString(line.parser().getText());
    into.putLong(value.getMostSignificantBits());
    into.putLong(value.getLeastSignificantBits());
    return true;
  }
}
