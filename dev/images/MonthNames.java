import java.time.Month;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/// Checks that a run time knows the month names of the languages in which archives are written: a
/// JRE without them would take every date for English. Run when an image is built.
final class MonthNames {

  private MonthNames() {}

  public static void main(String[] arguments) {
    List<String> expected =
        List.of("en March", "de März", "fr mars", "es marzo", "it marzo", "pt março", "nl maart", "ja 3月");
    List<String> found =
        expected.stream()
            .map(line -> line.substring(0, 2))
            .map(language ->
                language
                    + " "
                    + Month.MARCH.getDisplayName(TextStyle.FULL, Locale.of(language)))
            .toList();
    if (!found.equals(expected)) {
      System.err.println("This run time has the month names " + found + ", not " + expected);
      System.exit(70);
    }
  }
}
