package dev.paceline.sandbox.simulation;

import java.time.ZonedDateTime;

/// One planned activity: its sport, purpose, place, start and length.
record Plan(Sport sport, Intent intent, City city, ZonedDateTime start, double minutes) {}
