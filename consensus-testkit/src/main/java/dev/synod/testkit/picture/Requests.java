package dev.synod.testkit.picture;

import dev.synod.testkit.invariant.Change;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests of clients, beside the lane of the node that they ask: from the question to the answer.
 */
final class Requests {

  private static final double NEAREST = 13;
  private static final double APART = 5;
  private static final int SLOTS = 4;

  private final Frame frame;
  private final Labels labels;
  private final long from;
  private final long end;
  private final Map<String, double[]> busyUntil = new HashMap<>();

  private record Request(String node, String name, long asked, long answered, String fate) {}

  Requests(Frame frame, Labels labels, long from, long end) {
    this.frame = frame;
    this.labels = labels;
    this.from = from;
    this.end = end;
  }

  void draw(List<Moment> all, Markup svg) {
    var open = new LinkedHashMap<String, Request>();
    for (Moment moment : all) {
      var change = moment.change();
      if (change instanceof Change.Asked asked) {
        var name = asked.request();
        open.put(name, new Request(asked.node(), name, moment.at(), end, "not answered yet"));
      } else if (change instanceof Change.Acknowledged done) {
        draw(open.remove(done.request()), moment.at(), "acknowledged at " + done.index(), svg);
      } else if (change instanceof Change.Refused refused) {
        draw(open.remove(refused.request()), moment.at(), "rejected", svg);
      } else if (change instanceof Change.Undecided unknown) {
        draw(open.remove(unknown.request()), moment.at(), "unknown", svg);
      } else if (change instanceof Change.Stopped stopped) {
        gone(open, stopped.node(), moment.at(), svg);
      }
    }
    open.values().forEach(request -> draw(request, end, request.fate(), svg));
  }

  private void gone(Map<String, Request> open, String node, long at, Markup svg) {
    for (Request request : List.copyOf(open.values())) {
      if (request.node().equals(node)) {
        open.remove(request.name());
        draw(request, at, "client gone", svg);
      }
    }
  }

  private void draw(@Nullable Request request, long answered, String fate, Markup svg) {
    if (request == null || answered < from) {
      return;
    }
    double top = frame.y(Math.max(from, request.asked()));
    double bottom = Math.max(top + 2, frame.y(answered));
    double x = frame.x(request.node()) - NEAREST - slot(request.node(), top, bottom) * APART;
    var look = fate.substring(0, Math.max(fate.indexOf(' '), 0));
    svg.add(
        "<g class=\"r %s\"><title>%s</title>",
        look.isEmpty() ? fate : look,
        "request %s of a client on %s: %s\nasked %s\nanswered %s"
            .formatted(
                request.name(),
                request.node(),
                fate,
                Clock.before(request.asked(), end),
                Clock.before(answered, end)));
    svg.add("<path d=\"M%.1f %.1fV%.1f\"/>", x, top, bottom);
    svg.add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.2\"/>", x, bottom);
    var text = request.name() + " " + fate.replace("acknowledged at ", "ok ");
    double textX = frame.x(request.node()) - NEAREST - SLOTS * APART;
    if (labels.takesBefore(textX, bottom + 3, text)) {
      svg.add("<text text-anchor=\"end\" x=\"%.1f\" y=\"%.1f\">%s</text>", textX, bottom + 3, text);
    }
    svg.add("</g>");
  }

  private int slot(String node, double top, double bottom) {
    var slots = busyUntil.computeIfAbsent(node, name -> new double[SLOTS]);
    for (int i = 0; i < SLOTS; i++) {
      if (slots[i] <= top) {
        slots[i] = bottom + 1;
        return i;
      }
    }
    return SLOTS - 1;
  }
}
