package dev.paceline.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
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
          dev.paceline.cli.failure.. |
          dev.paceline.cli..         |
          dev.paceline.lake..        | dev.paceline.cli.failure..
          dev.paceline.extract..     | dev.paceline.cli.. , dev.paceline.lake..
          dev.paceline.load..        | dev.paceline.cli.. , dev.paceline.lake..
          dev.paceline.sandbox..     |
          """)
  void usesOnlyWhatItMay(String module, @org.jspecify.annotations.Nullable String others) {
    String[] allowed =
        Stream.concat(
                Stream.of(module), others == null ? Stream.of() : Stream.of(others.split(" *, *")))
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(module)
        .should()
        .onlyDependOnClassesThat(
            JavaClass.Predicates.resideInAnyPackage(allowed)
                .or(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(OURS))))
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
}
