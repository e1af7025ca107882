package dev.paceline.cli.source;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/// Resolves the type of a plain scalar as in YAML 1.2's core schema, without its octals. `no`, `on`
/// and `007` are strings, as editors show them; YAML 1.1, and so SnakeYAML and Jackson, read them
/// as `false`, `true` and 7.
final class YamlResolver extends Resolver {

  private static final Pattern NULL = Pattern.compile("^(?:~|null|)$");
  private static final Pattern BOOLEAN = Pattern.compile("^(?:true|false)$");
  private static final Pattern INTEGER = Pattern.compile("^[-+]?(?:0|[1-9][0-9]{0,17})$");
  private static final Pattern DECIMAL =
      Pattern.compile("^[-+]?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]{1,3})?$");

  @Override
  protected void addImplicitResolvers() {
    addImplicitResolver(Tag.NULL, NULL, "~n\0");
    addImplicitResolver(Tag.NULL, NULL, null);
    addImplicitResolver(Tag.BOOL, BOOLEAN, "tf");
    addImplicitResolver(Tag.INT, INTEGER, "-+0123456789");
    addImplicitResolver(Tag.FLOAT, DECIMAL, "-+0123456789");
  }
}
