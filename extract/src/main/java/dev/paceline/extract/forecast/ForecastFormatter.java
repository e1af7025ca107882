package dev.paceline.extract.forecast;

import dev.paceline.cli.DurationText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Formats a forecast for a terminal.
public final class ForecastFormatter {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private ForecastFormatter() {}

  public static String format(ForecastResult forecast) {
    List<String> lines = new ArrayList<>();
    lines.add("run  begins                ends                     calls  status");
    int number = 0;
    for (RunForecast run : forecast.runs()) {
      number++;
      lines.add(
          "%3d  %s  %s  %,8d  %s"
              .formatted(number, text(run.at()), text(run.ends()), run.total(), run.status()));
    }
    lines.add("");
    lines.add("calls by endpoint, of all runs");
    forecast
        .calls()
        .forEach((endpoint, count) -> lines.add("  %,8d  %s".formatted(count, endpoint)));
    lines.add("");
    forecast.accounts().forEach(account -> lines.add(account(account)));
    forecast.budget().forEach(budget -> lines.add(budget(budget)));
    forecast.suppositions().forEach(each -> lines.add("Assumed: " + each + "."));
    return String.join("\n", lines);
  }

  private static String account(AccountForecast account) {
    String runs =
        "%d run%s, %,d calls"
            .formatted(account.runs(), account.runs() == 1 ? "" : "s", account.calls());
    return account
        .whenComplete()
        .map(at -> "%s: complete at %s, after %s".formatted(account.account(), text(at), runs))
        .orElseGet(() -> "%s: not complete after %s".formatted(account.account(), runs));
  }

  private static String budget(BudgetForecast budget) {
    return "budget %s: %,d per %s; calls are made in %,d of these windows"
        .formatted(
            budget.limit(), budget.most(), DurationText.of(budget.window()), budget.windowsUsed());
  }

  private static String text(Instant moment) {
    return MINUTE.format(moment);
  }
}
