package dev.paceline.sandbox.simulation;

import java.time.ZonedDateTime;

/// One training as it is going to be: its sport, purpose, place, start and length.
record Plan(Sport sport, Intent intent, City city, ZonedDateTime start, double minutes) {}
