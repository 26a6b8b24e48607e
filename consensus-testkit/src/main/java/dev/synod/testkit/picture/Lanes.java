package dev.synod.testkit.picture;

import dev.synod.testkit.picture.Span.Role;
import java.util.List;
import java.util.Locale;

/** What each node is in the course of time: the darkest colour leads, each epoch has its own. */
final class Lanes {

  private static final double NAMED_EVERY = 700;

  /** Of neighbouring epochs, in degrees; red, orange and violet are left to what is wrong. */
  private static final int[] HUES = {212, 150, 320, 188, 90, 232, 128, 340};

  private Lanes() {}

  static void draw(List<Span> spans, Frame frame, long from, Markup svg) {
    for (Span span : spans) {
      double top = frame.y(Math.max(from, span.from()));
      double height = Math.max(1, frame.y(span.to()) - top);
      svg.add(
          "<rect class=\"lane%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\""
              + " fill=\"%s\"><title>%s</title></rect>",
          span.role() == Role.DOWN ? " down" : "",
          frame.x(span.node()) - Frame.HALF,
          top,
          Frame.HALF * 2,
          height,
          colour(span),
          span.node() + " " + span + "\nsince " + Clock.since(span.from()));
    }
    for (Span span : spans) {
      if (span.from() < from) {
        svg.add(
            "<text class=\"was\" x=\"%.1f\" y=\"%.1f\">%s</text>",
            frame.x(span.node()), frame.top() - 4, span);
      }
    }
    for (String node : frame.nodes()) {
      for (double y = frame.top() - 17; y < frame.bottom(); y += NAMED_EVERY) {
        svg.add("<text class=\"node\" x=\"%.1f\" y=\"%.1f\">%s</text>", frame.x(node), y, node);
      }
    }
  }

  /** In CSS. */
  static String colour(Span span) {
    return switch (span.role()) {
      case DOWN -> "#fff";
      case FOLLOWER -> hsl(span.epoch(), 55, 84);
      case CANDIDATE -> hsl(span.epoch(), 75, 66);
      case LEADER -> hsl(span.epoch(), 70, 38);
    };
  }

  private static String hsl(long epoch, int saturation, int lightness) {
    return String.format(
        Locale.ROOT,
        "hsl(%d,%d%%,%d%%)",
        HUES[Math.floorMod(epoch, HUES.length)],
        epoch == 0 ? 0 : saturation,
        lightness);
  }
}
