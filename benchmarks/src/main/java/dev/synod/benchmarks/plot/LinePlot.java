package dev.synod.benchmarks.plot;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Lines through points over two logarithmic axes. Points that are not positive are left out. */
public record LinePlot(String title, String across, String up, List<Series> lines) {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 460;
  private static final int LEFT = 70;
  private static final int RIGHT = 200;
  private static final int TOP = 40;
  private static final int BOTTOM = 55;

  /** Told apart by people who see few colours too (Okabe and Ito 2008). */
  private static final List<String> COLOURS =
      List.of(
          "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000", "#f0e442");

  public LinePlot {
    lines = List.copyOf(lines);
  }

  /** A place in the picture, in the units of its axes. */
  public record Point(double across, double up) {

    private boolean isDrawable() {
      return across > 0 && up > 0 && Double.isFinite(across) && Double.isFinite(up);
    }
  }

  /** The whole picture, a document of its own. */
  public String toSvg() {
    var horizontal =
        LogAxis.over(
            lines.stream().flatMap(line -> line.points().stream()).mapToDouble(Point::across),
            LEFT,
            WIDTH - RIGHT);
    var vertical =
        LogAxis.over(
            lines.stream().flatMap(line -> line.points().stream()).mapToDouble(Point::up),
            HEIGHT - BOTTOM,
            TOP);
    var svg = new StringBuilder();
    add(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
            + " font-family=\"sans-serif\" font-size=\"12\">",
        WIDTH,
        HEIGHT);
    add(svg, "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, HEIGHT);
    add(svg, "<text x=\"%d\" y=\"22\" font-size=\"15\">%s</text>", LEFT, escaped(title));
    axes(svg, horizontal, vertical);
    for (int i = 0; i < lines.size(); i++) {
      line(svg, lines.get(i), i, horizontal, vertical);
    }
    add(svg, "</svg>");
    return svg.toString();
  }

  private void axes(StringBuilder svg, LogAxis horizontal, LogAxis vertical) {
    for (double mark : horizontal.marks()) {
      double x = horizontal.place(mark);
      add(
          svg,
          "<path d=\"M%.1f %dV%d\" stroke=\"#ddd\"/><text x=\"%.1f\" y=\"%d\""
              + " text-anchor=\"middle\">%s</text>",
          x,
          TOP,
          HEIGHT - BOTTOM,
          x,
          HEIGHT - BOTTOM + 17,
          LogAxis.label(mark));
    }
    for (double mark : vertical.marks()) {
      double y = vertical.place(mark);
      add(
          svg,
          "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\""
              + " text-anchor=\"end\">%s</text>",
          LEFT,
          y,
          WIDTH - RIGHT,
          LEFT - 6,
          y + 4,
          LogAxis.label(mark));
    }
    add(
        svg,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
        (LEFT + WIDTH - RIGHT) / 2,
        HEIGHT - 14,
        escaped(across));
    int middle = (TOP + HEIGHT - BOTTOM) / 2;
    add(
        svg,
        "<text x=\"16\" y=\"%d\" text-anchor=\"middle\" transform=\"rotate(-90 16 %d)\">%s</text>",
        middle,
        middle,
        escaped(up));
  }

  private static void line(
      StringBuilder svg, Series line, int number, LogAxis horizontal, LogAxis vertical) {
    String colour = COLOURS.get(number % COLOURS.size());
    var points = line.points().stream().filter(Point::isDrawable).toList();
    add(
        svg,
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
        points.stream()
            .map(
                point ->
                    String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        horizontal.place(point.across()),
                        vertical.place(point.up())))
            .collect(Collectors.joining(" ")),
        colour);
    for (Point point : points) {
      add(
          svg,
          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>",
          horizontal.place(point.across()),
          vertical.place(point.up()),
          colour);
    }
    int y = TOP + 12 + 18 * number;
    add(
        svg,
        "<path d=\"M%d %dh18\" stroke=\"%s\" stroke-width=\"2\"/><text x=\"%d\" y=\"%d\">%s</text>",
        WIDTH - RIGHT + 14,
        y - 4,
        colour,
        WIDTH - RIGHT + 38,
        y,
        escaped(line.name()));
  }

  private static void add(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
