package dev.paceline.cli.source;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/// What a plain word is: YAML 1.2's core schema without its octals. So `no`, `on` and `007` are
/// texts, as an editor shows them, and not what YAML 1.1 made of them.
final class YamlResolver extends Resolver {

  private static final Pattern NOTHING = Pattern.compile("^(?:~|null|)$");
  private static final Pattern YES_NO = Pattern.compile("^(?:true|false)$");
  private static final Pattern WHOLE = Pattern.compile("^[-+]?(?:0|[1-9][0-9]{0,17})$");
  private static final Pattern DECIMAL =
      Pattern.compile("^[-+]?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]{1,3})?$");

  @Override
  protected void addImplicitResolvers() {
    addImplicitResolver(Tag.NULL, NOTHING, "~n\0");
    addImplicitResolver(Tag.NULL, NOTHING, null);
    addImplicitResolver(Tag.BOOL, YES_NO, "tf");
    addImplicitResolver(Tag.INT, WHOLE, "-+0123456789");
    addImplicitResolver(Tag.FLOAT, DECIMAL, "-+0123456789");
  }
}
