package dev.paceline.sandbox.simulation;

import java.time.ZoneId;
import java.util.List;

/// Where athletes live and travel to. The coordinates are the centres of large public parks, so
/// they are not anyone's home.
enum City {
  BERLIN("Berlin", "Berlin", "Germany", 52.5145, 13.3501, "Europe/Berlin", 35, 10, 10),
  DENVER("Denver", "Colorado", "United States", 39.7475, -104.9500, "America/Denver", 1610, 10, 12),
  MELBOURNE(
      "Melbourne", "Victoria", "Australia", -37.8497, 144.9660, "Australia/Melbourne", 10, 15, 6),
  PARIS("Paris", "Île-de-France", "France", 48.8624, 2.2492, "Europe/Paris", 35, 12, 8),
  TOKYO("Tokyo", "Tokyo", "Japan", 35.6717, 139.6949, "Asia/Tokyo", 40, 16, 10),
  CAPE_TOWN(
      "Cape Town",
      "Western Cape",
      "South Africa",
      -33.9036,
      18.4017,
      "Africa/Johannesburg",
      8,
      17,
      4),
  LONDON("London", "England", "United Kingdom", 51.5073, -0.1657, "Europe/London", 25, 11, 7),
  NEW_YORK(
      "New York", "New York", "United States", 40.7829, -73.9654, "America/New_York", 30, 13, 12),
  SAO_PAULO(
      "São Paulo", "São Paulo", "Brazil", -23.5874, -46.6576, "America/Sao_Paulo", 760, 20, 3),
  DELHI("New Delhi", "Delhi", "India", 28.5933, 77.2197, "Asia/Kolkata", 215, 25, 8),
  AUCKLAND(
      "Auckland", "Auckland", "New Zealand", -36.8997, 174.7830, "Pacific/Auckland", 60, 15, 4),
  ST_JOHNS(
      "St. John's",
      "Newfoundland and Labrador",
      "Canada",
      47.5800,
      -52.7480,
      "America/St_Johns",
      60,
      5,
      10);

  final String label;
  final String state;
  final String country;
  final double latitude;
  final double longitude;
  final ZoneId zone;

  /// Metres above sea level.
  final double altitude;

  /// Annual mean in °C, and how far an average summer day is above it.
  final double meanTemperature;

  final double summerSwing;

  City(
      String label,
      String state,
      String country,
      double latitude,
      double longitude,
      String zone,
      double altitude,
      double meanTemperature,
      double summerSwing) {
    this.label = label;
    this.state = state;
    this.country = country;
    this.latitude = latitude;
    this.longitude = longitude;
    this.zone = ZoneId.of(zone);
    this.altitude = altitude;
    this.meanTemperature = meanTemperature;
    this.summerSwing = summerSwing;
  }

  boolean isSouthern() {
    return latitude < 0;
  }

  /// The city's position in this list, which decides where athletes live: append new cities at the
  /// end.
  int number() {
    return List.of(values()).indexOf(this);
  }

  static City numbered(long number) {
    List<City> all = List.of(values());
    return all.get(Math.floorMod(number, all.size()));
  }
}
