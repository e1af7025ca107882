package dev.paceline.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which module may use which, as `ARCHITECTURE.md` draws it. Reads bytecode, so what the compiler
/// inlines or erases (constants, `var`) is invisible here.
class ArchitectureTest {

  private static final String OURS = "dev.paceline..";

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.paceline");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cli.aws           | cli.failure
          cli.failure       |
          cli.retry         |
          cli               |
          lake              | cli.aws, cli.failure, cli.retry
          extract           | cli, lake
          load              | cli, lake
          sandbox           |
          extract.authorize | cli, extract.api, extract.auth, extract.http
          extract.check     | cli, extract.api, extract.auth, extract.http
          extract.describe  | cli, extract.api, extract.auth, extract.http
          extract.forecast  | cli, extract.api, extract.http, extract.sync
          load.contract     | cli
          load.rows         | cli, lake, load.contract
          load.ops          |
          load.postgres     | cli, lake, load.contract, load.rows, load.ops
          load.step         | cli, lake, load.contract, load.rows, load.ops, load.postgres
          """)
  void dependsOnlyOnAllowedPackages(String name, @Nullable String others) {
    String[] packages =
        Stream.concat(Stream.of(name), others == null ? Stream.of() : Stream.of(others.split(", ")))
            .map(ArchitectureTest::tree)
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(tree(name))
        .should()
        .onlyDependOnClassesThat(
            JavaClass.Predicates.resideInAnyPackage(packages)
                .or(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(OURS))))
        .check(CODE);
  }

  /// Another warehouse would be another package next to `load.postgres`. Commands and steps know
  /// transactions, tables and copies, but no connection.
  @Test
  void keepsJdbcInLoadPostgres() {
    noClasses()
        .that()
        .resideOutsideOfPackage(tree("load.postgres"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..", "org.jdbi..")
        .check(CODE);
  }

  @Test
  void hasNoCyclesBetweenPackages() {
    slices().matching("dev.paceline.(**)").should().beFreeOfCycles().check(CODE);
  }

  @Test
  void marksEveryPackageAsNullMarked() {
    List<String> unmarked =
        CODE.getPackage("dev.paceline").getSubpackagesInTree().stream()
            .filter(found -> !found.getClasses().isEmpty())
            .filter(found -> !found.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .toList();
    assertThat(unmarked).isEmpty();
  }

  /// The package and those below it.
  private static String tree(String name) {
    return "dev.paceline." + name + "..";
  }
}
