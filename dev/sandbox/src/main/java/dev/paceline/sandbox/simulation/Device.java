package dev.paceline.sandbox.simulation;

import java.util.Locale;

/// The device that recorded an activity, and how it names the files it uploads.
enum Device {
  FORERUNNER("Garmin Forerunner 965", "garmin_ping_%d", true),
  FENIX("Garmin fēnix 8", "garmin_ping_%d", true),
  APPLE_WATCH("Apple Watch Series 10", "%016X.fit", false),
  COROS("COROS PACE 3", "coros_%d.fit", true),
  EDGE("Garmin Edge 1050", "garmin_push_%d", true),
  WAHOO("Wahoo ELEMNT ROAM", "wahoo-%d.fit", true),
  ZWIFT("Zwift", "zwift-activity-%d.fit", false),
  PHONE("Strava iPhone App", "%016X-activity.fit", false);

  final String label;
  private final String file;
  final boolean hasThermometer;

  Device(String label, String file, boolean hasThermometer) {
    this.label = label;
    this.file = file;
    this.hasThermometer = hasThermometer;
  }

  String externalId(long number) {
    return String.format(Locale.ROOT, file, number);
  }
}
