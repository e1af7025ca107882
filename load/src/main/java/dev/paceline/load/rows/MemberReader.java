package dev.paceline.load.rows;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.paceline.load.rows.MemberTree.Member;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads the members of an object: into fields where there is a column, and else into
/// [ExtraFields]. Of an inner object that occurs twice, the members of both count.
final class MemberReader {

  private final @Nullable ExtraFields extraFields;
  private final ByteBudget values = new ByteBudget();

  /// @param extraFields null if nothing takes the members without a column; they are then skipped
  MemberReader(@Nullable ExtraFields extraFields) {
    this.extraFields = extraFields;
  }

  /// Reads the object at the line's current token.
  void read(Line line, MemberTree tree) throws IOException, Unfit {
    values.start();
    readMembers(line, tree);
  }

  private void readMembers(Line line, MemberTree tree) throws IOException, Unfit {
    JsonParser parser = line.parser();
    Member previous = tree.start();
    for (Member member = next(parser, tree, previous);
        member != null;
        member = next(parser, tree, previous)) {
      previous = member;
      JsonToken token = parser.nextToken();
      if (member.field != null) {
        member.field.encode(line);
        if (member.field.isPresent()) {
          values.take(member.field.value().length());
        }
      } else if (member.list != null) {
        member.list.read(line);
      } else if (member.inner != null && token == JsonToken.START_OBJECT) {
        readInner(line, member.name().getValue(), member.inner);
      } else if (member.ignored || extraFields == null) {
        parser.skipChildren();
      } else if (token != JsonToken.VALUE_NULL) {
        keepExtraField(parser.currentName(), line, extraFields);
      }
    }
  }

  /// The next member; null at the end of the object.
  private static @Nullable Member next(JsonParser parser, MemberTree tree, Member previous)
      throws IOException {
    Member expected = previous.follower;
    if (expected != null) {
      if (parser.nextFieldName(expected.name())) {
        return expected;
      }
    } else {
      parser.nextToken();
    }
    if (parser.currentToken() != JsonToken.FIELD_NAME) {
      return null;
    }
    Member found = tree.find(parser.currentName());
    if (found != tree.unknown()) {
      previous.follower = found;
    }
    return found;
  }

  private void readInner(Line line, String name, MemberTree inner) throws IOException, Unfit {
    if (extraFields == null) {
      readMembers(line, inner);
      return;
    }
    extraFields.enter(name);
    readMembers(line, inner);
    extraFields.leave();
  }

  private static void keepExtraField(String name, Line line, ExtraFields extraFields)
      throws IOException, Unfit {
    try {
      line.copyValue(extraFields.member(name));
    } catch (Unfit unfit) {
      throw unfit.in(StageColumns.REST, null);
    }
  }
}
