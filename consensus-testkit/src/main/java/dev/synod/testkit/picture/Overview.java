package dev.synod.testkit.picture;

/**
 * The whole run on one small strip, to scale: who led when, what went wrong, what is drawn below.
 */
final class Overview {

  private static final double LEFT = 40;
  private static final double WIDTH = 1000;
  private static final double ROW = 17;
  private static final double NETWORK = 18;

  private Overview() {}

  static Markup svg(Window window) {
    var recording = window.recording;
    var svg = new Markup();
    double scale = WIDTH / Math.max(1, recording.end());
    double height = NETWORK + ROW * recording.nodes().size() + 22;
    svg.add(
        "<svg viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" height=\"%.0f\" role=\"img\">",
        LEFT + WIDTH + 12, height, LEFT + WIDTH + 12, height);
    for (Span span : recording.spans()) {
      double y = NETWORK + ROW * recording.nodes().indexOf(span.node());
      svg.add(
          "<rect class=\"lane\" x=\"%.2f\" y=\"%.1f\" width=\"%.2f\" height=\"%.1f\" fill=\"%s\">"
              + "<title>%s</title></rect>",
          LEFT + span.from() * scale,
          y,
          Math.max(0.5, (span.to() - span.from()) * scale),
          ROW - 6,
          Lanes.colour(span),
          span.node() + " " + span + "\nfrom " + Clock.since(span.from()));
    }
    recording.bands().forEach(band -> band(band, recording, scale, svg));
    for (String node : recording.nodes()) {
      double y = NETWORK + ROW * recording.nodes().indexOf(node);
      svg.add("<text x=\"4\" y=\"%.1f\">%s</text>", y + 9, node);
    }
    svg.add(
        "<rect class=\"window\" x=\"%.2f\" y=\"%.1f\" width=\"%.2f\" height=\"%.1f\"/>",
        LEFT + window.from * scale,
        NETWORK - 5,
        Math.max(2, (window.end - window.from) * scale),
        ROW * recording.nodes().size() + 4);
    svg.add("<text x=\"%.0f\" y=\"%.1f\">0 s</text>", LEFT, height - 4);
    svg.add(
        "<text text-anchor=\"end\" x=\"%.0f\" y=\"%.1f\">%s</text>",
        LEFT + WIDTH, height - 4, Clock.since(window.end));
    return svg.add("</svg>");
  }

  private static void band(Band band, Recording recording, double scale, Markup svg) {
    double y =
        band.isOfOneNode()
            ? NETWORK
                + ROW * recording.nodes().indexOf(band.fault().nodes().iterator().next())
                + ROW
                - 6
            : 5;
    svg.add(
        "<rect class=\"%s\" x=\"%.2f\" y=\"%.1f\" width=\"%.2f\" height=\"4\"><title>%s</title>"
            + "</rect>",
        band.isOfOneNode() ? "machine" : "network",
        LEFT + band.from() * scale,
        y,
        Math.max(1, (band.to() - band.from()) * scale),
        band.fault().text() + "\nfrom " + Clock.since(band.from()));
  }
}
