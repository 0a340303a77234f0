package org.sqlite.date;

import java.util.Date;
import java.util.TimeZone;

/// In the place of the class of that name in sqlite-jdbc, which makes a calendar in its
/// constructor: every connection makes a format, and the first calendar of a JVM takes 28 ms of
/// processor time, for locales that nobody asks about. The store keeps no dates as text, so the
/// format is never used.
public final class FastDateFormat {
  private FastDateFormat() {}

  public static FastDateFormat getInstance(String pattern) {
    return new FastDateFormat();
  }

  public static FastDateFormat getInstance(String pattern, TimeZone zone) {
    return new FastDateFormat();
  }

  public String format(Date date) {
    throw new UnsupportedOperationException("dates are stored as numbers");
  }

  public Date parse(String text) {
    throw new UnsupportedOperationException("dates are stored as numbers");
  }
}
