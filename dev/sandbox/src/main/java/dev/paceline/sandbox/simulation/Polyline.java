package dev.paceline.sandbox.simulation;

import java.util.ArrayList;
import java.util.List;

/// Google's encoded polyline: differences of 1e-5 degrees, five bits a character.
public final class Polyline {
  private Polyline() {}

  /// A point on a map, in degrees.
  public record Point(double latitude, double longitude) {
    /// The point at this share of the straight line to another one.
    Point towards(Point to, double share) {
      return new Point(
          latitude + (to.latitude - latitude) * share,
          longitude + (to.longitude - longitude) * share);
    }
  }

  static String encode(List<Point> points) {
    StringBuilder encoded = new StringBuilder(points.size() * 6);
    long latitude = 0;
    long longitude = 0;
    for (Point point : points) {
      long nextLatitude = Math.round(point.latitude() * 1e5);
      long nextLongitude = Math.round(point.longitude() * 1e5);
      append(encoded, nextLatitude - latitude);
      append(encoded, nextLongitude - longitude);
      latitude = nextLatitude;
      longitude = nextLongitude;
    }
    return encoded.toString();
  }

  /// Throws [IllegalArgumentException] if the text is not a polyline.
  public static List<Point> decode(String encoded) {
    List<Point> points = new ArrayList<>();
    long[] at = new long[2];
    int position = 0;
    while (position < encoded.length()) {
      for (int axis = 0; axis < 2; axis++) {
        long value = 0;
        int shift = 0;
        int bits;
        do {
          bits = position < encoded.length() ? encoded.charAt(position++) - 63 : -1;
          if (bits < 0 || bits > 63 || shift > 40) {
            throw new IllegalArgumentException(
                "Not a polyline at character " + position + ": " + encoded);
          }
          value |= (long) (bits & 0x1f) << shift;
          shift += 5;
        } while (bits >= 0x20);
        at[axis] += (value & 1) == 0 ? value >> 1 : ~(value >> 1);
      }
      points.add(new Point(at[0] / 1e5, at[1] / 1e5));
    }
    return points;
  }

  private static void append(StringBuilder encoded, long difference) {
    long rest = difference < 0 ? ~(difference << 1) : difference << 1;
    while (rest >= 0x20) {
      encoded.append((char) ((0x20 | (rest & 0x1f)) + 63));
      rest >>= 5;
    }
    encoded.append((char) (rest + 63));
  }
}
