package dev.paceline.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LakeLayoutTest {

  @Test
  void namesObjectsTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));

      assertThat(LakeLayout.commit("strava", "anna", 42))
          .isEqualTo("log/strava/anna/0000000042.json");
      assertThat(
              LakeLayout.part("strava", "anna", "activities", LocalDate.of(2026, 1, 2), "run", 7))
          .isEqualTo("bronze/strava/anna/activities/ds=2026-01-02/run/part-00007.jsonl.gz");
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "anna-2_b", "default"})
  void acceptsNamesThatCanBeFolders(String account) {
    assertThat(LakeLayout.isAccount(account)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_app", "-a", "Anna", "a/b", "..", "a.b", "é"})
  void refusesOtherNames(String account) {
    assertThat(LakeLayout.isAccount(account)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 99_999, 100_000, 999_999_999})
  void recognisesThePartsThatItNames(int number) {
    LocalDate day = LocalDate.of(2026, 1, 2);
    String key = LakeLayout.part("strava", "anna", "gear", day, "run", number);

    assertThat(LakeLayout.isPart(key, "strava", "anna", "gear", day, "run")).isTrue();
    assertThat(LakeLayout.isPart(key, "strava", "ann", "gear", day, "run")).isFalse();
    assertThat(LakeLayout.isPart(key, "strava", "anna", "gear", day.plusDays(1), "run")).isFalse();
    assertThat(LakeLayout.isPart(key + "\n", "strava", "anna", "gear", day, "run")).isFalse();
  }
}
