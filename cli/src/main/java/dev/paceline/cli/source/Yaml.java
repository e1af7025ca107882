package dev.paceline.cli.source;

import dev.paceline.cli.failure.FirstLine;
import dev.paceline.cli.source.ParseResult.Invalid;
import dev.paceline.cli.source.ParseResult.Valid;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.composer.ComposerException;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/// Reads a YAML file. Whatever is wrong with its bytes is reported, never thrown.
final class Yaml {

  private Yaml() {}

  static ParseResult<YamlTree> read(byte[] file) {
    CharBuffer decoded = CharBuffer.allocate(file.length);
    boolean invalid =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file), decoded, true).isError();
    String text = decoded.flip().toString();
    return invalid
        ? invalidAfter(text, "this is not UTF-8: save the file as UTF-8")
        : parse(text.startsWith("\uFEFF") ? text.substring(1) : text);
  }

  private static ParseResult<YamlTree> parse(String text) {
    LoaderOptions options = new LoaderOptions();
    try {
      ParserImpl parser = new ParserImpl(new StreamReader(text), options);
      Node document = new Composer(parser, new YamlResolver(), options).getSingleNode();
      if (document == null) {
        return invalidAfter("", "the file is empty");
      }
      YamlTree tree = new YamlTree(document);
      return tree.diagnostics().isEmpty() ? new Valid<>(tree) : new Invalid<>(tree.diagnostics());
    } catch (MarkedYAMLException malformed) {
      return invalid(
          malformed.getProblemMark().getLine() + 1,
          malformed.getProblemMark().getColumn() + 1,
          message(malformed));
    } catch (ReaderException unprintable) {
      return invalidAfter(
          text.substring(0, text.offsetByCodePoints(0, unprintable.getPosition())),
          "the character U+%04X is not allowed in YAML".formatted(unprintable.getCodePoint()));
    } catch (YAMLException beyondLimits) {
      return invalidAfter("", "it cannot be read: " + FirstLine.of(beyondLimits));
    }
  }

  /// The parser's messages for the two most common faults describe its own internals.
  private static String message(MarkedYAMLException malformed) {
    String problem = String.valueOf(malformed.getProblem());
    if (problem.contains("\\t")) {
      return "tabs cannot be used to indent: use spaces";
    }
    if (malformed instanceof ComposerException && problem.contains("another document")) {
      return "a second document begins here: a file must contain only one";
    }
    return "this is not YAML: " + problem;
  }

  private static ParseResult<YamlTree> invalidAfter(String before, String what) {
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return invalid(line, before.length() - before.lastIndexOf('\n'), what);
  }

  private static ParseResult<YamlTree> invalid(int line, int column, String what) {
    return new Invalid<>(List.of(new Diagnostic(line, column, "", what)));
  }
}
