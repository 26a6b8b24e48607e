package dev.synod.testkit.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The space-time diagram of the last part of a recording, as SVG that stands alone. */
final class Diagram {

  private static final double TICKS_APART = 26;
  private static final double BELOW = 96;
  private static final double RIGHT_OF_LANES = 150;
  private static final int CHARACTERS_A_LINE = 110;

  private final Window window;
  private final Frame frame;
  private final Kinds kinds;

  Diagram(Window window) {
    this.window = window;
    this.frame = new Frame(window.recording.nodes(), window.times(), window.wideTimes());
    this.kinds = new Kinds(window.flights);
  }

  Kinds kinds() {
    return kinds;
  }

  Markup svg(Caption caption) {
    var svg = new Markup();
    var words = new Words(window.recording.nodesOfStores());
    var labels = new Labels();
    double width = frame.right() + RIGHT_OF_LANES;
    double height = frame.bottom() + BELOW;
    svg.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\""
            + " height=\"%.0f\" role=\"img\"><title>%s</title>%s",
        width, height, width, height, caption.title() + ": " + caption.verdict(), style());
    svg.add("<rect class=\"bg\" width=\"%.0f\" height=\"%.0f\"/>", width, height);
    ticks(svg);
    Bands.draw(window.bands, frame, window.from, svg);
    Lanes.draw(window.spans, frame, window.from, svg);
    var marks = new Marks(frame, labels, words, window.end);
    var important = new Markup();
    marks.draw(window.moments, true, important);
    var arrows = new Arrows(frame, labels, kinds, words, window.end);
    byWeight().forEach(flight -> arrows.draw(flight, svg));
    new Requests(frame, labels, window.from, window.end).draw(window.recording.moments(), svg);
    marks.draw(window.moments, false, svg);
    svg.add("%s", important);
    caption.violation().ifPresent(broken -> broken(caption, svg));
    return svg.add("</svg>");
  }

  private static Markup style() {
    return new Markup().add("<style>%s</style>", Markup.file("diagram.css"));
  }

  /** What only says that somebody is there lies below the rest. */
  private List<Flight> byWeight() {
    var ordered = new ArrayList<Flight>();
    window.flights.stream().filter(Diagram::isQuiet).forEach(ordered::add);
    window.flights.stream().filter(flight -> !isQuiet(flight)).forEach(ordered::add);
    return ordered;
  }

  private static boolean isQuiet(Flight flight) {
    return Kinds.isQuiet(Words.kind(flight.message));
  }

  private void ticks(Markup svg) {
    for (long time : frame.ticks(TICKS_APART)) {
      double y = frame.y(time);
      svg.add("<path class=\"grid\" d=\"M66 %.1fH%.1f\"/>", y, frame.right() - 8);
      svg.add(
          "<text class=\"tick\" x=\"4\" y=\"%.1f\">%s<title>%s</title></text>",
          y + 3, Clock.toEnd(time, window.end), Clock.since(time));
    }
  }

  private void broken(Caption caption, Markup svg) {
    double y = frame.bottom();
    svg.add("<g class=\"broken\" id=\"broken\">");
    svg.add("<line x1=\"0\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>", frame.right(), y, y);
    last().ifPresent(moment -> circle(moment, svg));
    svg.add(
        "<rect x=\"40\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"5\"/>",
        y + 14, Math.max(520, frame.right() - 60), BELOW - 20);
    var broken = caption.violation().orElseThrow();
    svg.add(
        "<text class=\"what\" x=\"54\" y=\"%.1f\">%s</text>",
        y + 34, broken.invariant() + " is broken, at " + Clock.since(broken.nanoTime()));
    double line = y + 52;
    for (String part : lines(broken.text())) {
      svg.add("<text x=\"54\" y=\"%.1f\">%s</text>", line, part);
      line += 15;
    }
    svg.add("</g>");
  }

  private void circle(Moment moment, Markup svg) {
    svg.add(
        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"13\"/>",
        frame.x(moment.change().node()), frame.y(moment.at()));
  }

  /** What the invariant looked at when it was broken, unless it was broken by nothing happening. */
  private Optional<Moment> last() {
    return window.moments.isEmpty()
        ? Optional.empty()
        : Optional.of(window.moments.get(window.moments.size() - 1))
            .filter(moment -> window.end - moment.at() < 1_000_000);
  }

  /** At most two, of so many characters. */
  static List<String> lines(String text) {
    if (text.length() <= CHARACTERS_A_LINE) {
      return List.of(text);
    }
    int cut = text.lastIndexOf(' ', CHARACTERS_A_LINE);
    int at = cut <= 0 ? CHARACTERS_A_LINE : cut;
    var rest = text.substring(at).strip();
    return List.of(
        text.substring(0, at),
        rest.length() <= CHARACTERS_A_LINE ? rest : rest.substring(0, CHARACTERS_A_LINE) + "…");
  }
}
