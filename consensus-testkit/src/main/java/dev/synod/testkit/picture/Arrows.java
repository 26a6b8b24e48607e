package dev.synod.testkit.picture;

/** Messages: an arrow from lane to lane; what was lost ends in a cross. */
final class Arrows {

  /** Where on its way a message that was lost on leaving is said to be lost. */
  private static final double LOST_AT = 0.42;

  private static final double FALL = 9;
  private static final double HEAD = 5;
  private static final double LABEL_AT = 0.5;

  private final Frame frame;
  private final Labels labels;
  private final Kinds kinds;
  private final Words words;
  private final long end;

  Arrows(Frame frame, Labels labels, Kinds kinds, Words words, long end) {
    this.frame = frame;
    this.labels = labels;
    this.kinds = kinds;
    this.words = words;
    this.end = end;
  }

  void draw(Flight flight, Markup svg) {
    var kind = Words.kind(flight.message);
    svg.add(
        "<g class=\"m %s%s\" stroke=\"%s\" fill=\"%s\"><title>%s</title>",
        kinds.styleClass(kind),
        Kinds.isQuiet(kind) ? " quiet" : "",
        kinds.colour(kind),
        kinds.colour(kind),
        title(flight));
    var again = flight.arrivedAgainAt();
    var arrived = flight.arrivedAt();
    if (arrived != null) {
      arrow(flight, arrived, "", svg);
    }
    if (again != null) {
      arrow(flight, again, " stroke-dasharray=\"1 3\"", svg);
    }
    var lost = flight.lostAt();
    if (lost != null) {
      lost(flight, lost, svg);
    } else if (arrived == null) {
      underWay(flight, svg);
    }
    label(flight, svg);
    svg.add("</g>");
  }

  private void arrow(Flight flight, long arrived, String dashes, Markup svg) {
    double direction = direction(flight);
    double fromX = frame.x(flight.from) + direction * Frame.HALF;
    double toX = frame.x(flight.to) - direction * Frame.HALF;
    double fromY = frame.y(flight.sentAt);
    double toY = frame.y(arrived);
    double length = StrictMath.hypot(toX - fromX, toY - fromY);
    double alongX = (toX - fromX) / length * HEAD;
    double alongY = (toY - fromY) / length * HEAD;
    svg.add("<path" + dashes + " d=\"M%.1f %.1fL%.1f %.1f\"/>", fromX, fromY, toX, toY);
    svg.add(
        "<path class=\"head\" d=\"M%.1f %.1fl%.1f %.1fl%.1f %.1fz\"/>",
        toX, toY, -alongX - alongY / 2, -alongY + alongX / 2, alongY, -alongX);
  }

  private void lost(Flight flight, long lostAt, Markup svg) {
    double fromX = frame.x(flight.from) + direction(flight) * Frame.HALF;
    double fromY = frame.y(flight.sentAt);
    double x = fromX + (frame.x(flight.to) - fromX) * LOST_AT;
    double y = Math.min(frame.bottom(), Math.max(frame.y(lostAt), fromY + FALL));
    svg.add("<path stroke-dasharray=\"4 3\" d=\"M%.1f %.1fL%.1f %.1f\"/>", fromX, fromY, x, y);
    svg.add("<path class=\"cross\" d=\"M%.1f %.1fl8 8m0 -8l-8 8\"/>", x - 4, y - 4);
  }

  private void underWay(Flight flight, Markup svg) {
    double fromX = frame.x(flight.from) + direction(flight) * Frame.HALF;
    double x = fromX + (frame.x(flight.to) - fromX) * LOST_AT;
    svg.add(
        "<path stroke-dasharray=\"1 3\" d=\"M%.1f %.1fL%.1f %.1f\"/>",
        fromX, frame.y(flight.sentAt), x, Math.min(frame.bottom(), frame.y(flight.sentAt) + FALL));
  }

  private void label(Flight flight, Markup svg) {
    var arrived = flight.arrivedAt();
    var kind = Words.kind(flight.message);
    if (Kinds.isQuiet(kind)) {
      return;
    }
    var text = words.brief(flight.message);
    double fromX = frame.x(flight.from);
    double whole = frame.x(flight.to) - fromX;
    double first = direction(flight) * frame.between() * LABEL_AT;
    double fromY = frame.y(flight.sentAt);
    double slope = arrived == null ? 0 : (frame.y(arrived) - fromY) / whole;
    double x = fromX + first;
    double y = fromY + slope * first - 2.5;
    if (labels.takesAround(x, y, text, slope)) {
      svg.add(
          "<text transform=\"translate(%.1f %.1f) rotate(%.1f)\" text-anchor=\"middle\">%s</text>",
          x, y, StrictMath.toDegrees(StrictMath.atan(slope)), text);
    }
  }

  private double direction(Flight flight) {
    return frame.x(flight.to) >= frame.x(flight.from) ? 1 : -1;
  }

  private String title(Flight flight) {
    var lost = flight.lostAt();
    var arrived = flight.arrivedAt();
    var fate =
        lost != null
            ? "lost " + Clock.before(lost, end)
            : arrived != null ? "arrived " + Clock.before(arrived, end) : "still under way";
    return "%s to %s: %s\nsent %s, %s"
        .formatted(
            flight.from,
            flight.to,
            words.full(flight.message),
            Clock.before(flight.sentAt, end),
            fate);
  }
}
