package dev.synod.testkit.picture;

import java.util.List;

/** Faults: of a machine around its lane, of the network across all lanes and named at the right. */
final class Bands {

  private static final double HALF = 44;
  private static final double APART = 15;
  private static final int SLOTS = 9;

  private Bands() {}

  static void draw(List<Band> bands, Frame frame, long from, Markup svg) {
    var busyUntil = new double[SLOTS];
    for (Band band : bands) {
      double top = frame.y(Math.max(from, band.from()));
      double height = Math.max(2, frame.y(band.to()) - top);
      svg.add("<g class=\"%s\"><title>%s</title>", look(band), title(band));
      if (band.isOfOneNode()) {
        double x = frame.x(band.fault().nodes().iterator().next());
        rect(x - HALF, top, HALF * 2, height, svg);
        label(x + HALF - 10, top, band, svg);
      } else {
        int slot = slot(busyUntil, top, top + height);
        double x = frame.right() + slot * APART;
        rect(0, top, frame.right() - 8, height, svg);
        svg.add(
            "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"4\" height=\"%.1f\"/>",
            x, top, height);
        label(x + 6, top, band, svg);
      }
      svg.add("</g>");
    }
  }

  private static String look(Band band) {
    return band.isOfOneNode() ? "f machine" : "f network";
  }

  private static void rect(double x, double y, double width, double height, Markup svg) {
    svg.add("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>", x, y, width, height);
  }

  private static void label(double x, double top, Band band, Markup svg) {
    svg.add(
        "<text transform=\"translate(%.1f %.1f) rotate(90)\">%s</text>",
        x, top + 3, band.fault().text());
  }

  private static String title(Band band) {
    return "%s\nfrom %s to %s"
        .formatted(band.fault().text(), Clock.since(band.from()), Clock.since(band.to()));
  }

  private static int slot(double[] busyUntil, double top, double bottom) {
    for (int i = 0; i < busyUntil.length; i++) {
      if (busyUntil[i] <= top) {
        busyUntil[i] = bottom + 4;
        return i;
      }
    }
    return busyUntil.length - 1;
  }
}
