package dev.synod.testkit.picture;

import dev.synod.testkit.invariant.Change;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a replica did, on its lane; what matters more has its text first. */
final class Marks {

  private record Mark(String sign, String text, int weight) {}

  private static final Map<Class<? extends Change>, String> SIGNS =
      Map.of(
          Change.Stopped.class, "✕",
          Change.Started.class, "▶",
          Change.Leads.class, "★",
          Change.Follows.class, "☆",
          Change.Entered.class, "◆",
          Change.Truncated.class, "✂",
          Change.Restored.class, "⬇",
          Change.Compacted.class, "▬",
          Change.Committed.class, "•",
          Change.Read.class, "◦");

  private static final int HEAVY = 2;
  private static final int MIDDLE = 1;
  private static final int LIGHT = 0;

  private final Frame frame;
  private final Labels labels;
  private final Words words;
  private final long end;

  Marks(Frame frame, Labels labels, Words words, long end) {
    this.frame = frame;
    this.labels = labels;
    this.words = words;
    this.end = end;
  }

  /** Either those that matter most, or the others. */
  void draw(List<Moment> moments, boolean heavy, Markup svg) {
    for (Moment moment : moments) {
      var mark = markOf(moment.change());
      if (mark != null && heavy == (mark.weight() == HEAVY)) {
        draw(moment, mark, svg);
      }
    }
  }

  private void draw(Moment moment, Mark mark, Markup svg) {
    double x = frame.x(moment.change().node());
    double y = frame.y(moment.at());
    svg.add(
        "<g class=\"mark w%d\"><title>%s</title>",
        mark.weight(), words.full(moment.change()) + "\n" + Clock.before(moment.at(), end));
    svg.add("<text class=\"sign\" x=\"%.1f\" y=\"%.1f\">%s</text>", x, y + 3.5, mark.sign());
    double textX = x + Frame.HALF + 3;
    if (!mark.text().isEmpty() && labels.takes(textX, y + 3, mark.text())) {
      svg.add("<text x=\"%.1f\" y=\"%.1f\">%s</text>", textX, y + 3, mark.text());
    }
    svg.add("</g>");
  }

  private @Nullable Mark markOf(Change change) {
    var sign = SIGNS.get(change.getClass());
    return sign == null ? null : new Mark(sign, text(change), weight(change));
  }

  /** What a person must not miss. */
  static boolean isHeavy(Change change) {
    return SIGNS.containsKey(change.getClass()) && weight(change) == HEAVY;
  }

  private static int weight(Change change) {
    if (change instanceof Change.Committed
        || change instanceof Change.Read
        || change instanceof Change.Compacted) {
      return LIGHT;
    }
    return change instanceof Change.Entered ? MIDDLE : HEAVY;
  }

  private String text(Change change) {
    if (change instanceof Change.Stopped) {
      return "stopped";
    } else if (change instanceof Change.Started started) {
      return "started in epoch " + started.epoch();
    } else if (change instanceof Change.Leads leads) {
      return "leads epoch " + leads.epoch();
    } else if (change instanceof Change.Follows) {
      return "leads no more";
    } else if (change instanceof Change.Entered entered) {
      return "epoch " + entered.epoch() + voteOf(entered);
    } else if (change instanceof Change.Truncated truncated) {
      return "cut from " + truncated.index();
    } else if (change instanceof Change.Restored restored) {
      return "snapshot of " + restored.index();
    } else if (change instanceof Change.Committed committed) {
      return "commit " + committed.index();
    }
    return change instanceof Change.Read read ? "read saw " + read.saw() : "";
  }

  private String voteOf(Change.Entered entered) {
    return entered.vote().isEmpty() ? "" : ", vote " + words.field(entered.vote());
  }
}
