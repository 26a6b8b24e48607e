package dev.synod.testkit.picture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;

/** Text that becomes a part of HTML or SVG, where whatever came from elsewhere stays text. */
final class Markup {

  private final StringBuilder text = new StringBuilder();

  /** What a file beside this class has, as it is. */
  static Markup file(String name) {
    try (var file = Markup.class.getResourceAsStream(name)) {
      var markup = new Markup();
      markup.text.append(new String(Objects.requireNonNull(file, name).readAllBytes(), UTF_8));
      return markup;
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + name, e);
    }
  }

  /** What {@code <}, {@code >}, {@code &} and quotes are in text and in attributes. */
  static String escape(String raw) {
    var escaped = new StringBuilder(raw.length() + 16);
    raw.codePoints().forEach(point -> escaped.append(escape(point)));
    return escaped.toString();
  }

  private static String escape(int point) {
    return switch (point) {
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '&' -> "&amp;";
      case '"' -> "&quot;";
      case '\'' -> "&#39;";
      default -> isAllowed(point) ? Character.toString(point) : "\uFFFD";
    };
  }

  /** The characters of XML 1.0, without the controls that it only tolerates. */
  private static boolean isAllowed(int point) {
    return point == '\n'
        || point == '\t'
        || (point >= 0x20 && point < 0x7f)
        || (point >= 0xa0 && point <= 0xd7ff)
        || (point >= 0xe000 && point <= 0xfffd)
        || point >= 0x10000;
  }

  /** Markup as it is. Its {@code %s} are escaped, its {@code %d} and {@code %.1f} are numbers. */
  Markup add(String format, Object... values) {
    var escaped = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      escaped[i] =
          values[i] instanceof Number || values[i] instanceof Markup
              ? values[i]
              : escape(String.valueOf(values[i]));
    }
    text.append(String.format(Locale.ROOT, format, escaped)).append('\n');
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
