package dev.synod.testkit.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The written form of a history, one line an event:
 *
 * <pre>
 *   # time, client, what; words in quotes if they hold blanks, quotes or #; - is no key
 *   0  c1  invoke  write x 4
 *   3  c1  ok                    # write x 4
 *   5  c2  invoke  read x
 *   9  c2  ok      4
 *   9  c1  invoke  cas x 4 2
 *   30 c1  unknown timeout
 * </pre>
 */
final class HistoryText {

  private static final String NO_KEY = "-";
  private static final String INVOKE = "invoke";

  private HistoryText() {}

  static String of(Call call) {
    var text = new StringBuilder(quoted(call.name())).append(' ');
    text.append(call.key().isEmpty() ? NO_KEY : quoted(call.key()));
    call.arguments().forEach(argument -> text.append(' ').append(quoted(argument)));
    return text.toString();
  }

  static String of(List<Event> events) {
    Map<String, Call> asked = new HashMap<>();
    var text = new StringBuilder();
    for (var event : events) {
      if (event instanceof Event.Invoke invoke) {
        asked.put(invoke.process(), invoke.call());
        text.append(line(event, INVOKE, of(invoke.call())));
      } else if (event instanceof Event.End end) {
        var said = end.text().isEmpty() ? "" : quoted(end.text());
        var about = said + "  # " + asked.get(end.process());
        text.append(line(event, end.ending().name().toLowerCase(Locale.ROOT), about));
      }
    }
    return text.toString();
  }

  private static String line(Event event, String kind, String rest) {
    var process = quoted(event.process());
    return String.format(Locale.ROOT, "%8d  %-5s %-8s %s%n", event.time(), process, kind, rest)
        .replace(System.lineSeparator(), "\n");
  }

  static String quoted(String word) {
    boolean bare =
        !word.isEmpty()
            && !word.equals(NO_KEY)
            && word.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '#' || c == '\\');
    if (bare) {
      return word;
    }
    var text = new StringBuilder("\"");
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> text.append(c);
      }
    }
    return text.append('"').toString();
  }

  static List<Event> parse(String text) {
    var events = new ArrayList<Event>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      try {
        var words = words(line);
        if (!words.isEmpty()) {
          events.add(event(words));
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "line " + number + ", \"" + line.strip() + "\": " + e.getMessage(), e);
      }
    }
    return events;
  }

  private static Event event(List<String> words) {
    if (words.size() < 3) {
      throw new IllegalArgumentException("time, client and event are wanted");
    }
    long time = Long.parseLong(words.get(0));
    var process = unquoted(words.get(1));
    var kind = words.get(2);
    if (!kind.equals(INVOKE)) {
      var said = words.size() > 3 ? unquoted(words.get(3)) : "";
      return new Event.End(time, process, Ending.valueOf(kind.toUpperCase(Locale.ROOT)), said);
    }
    if (words.size() < 5) {
      throw new IllegalArgumentException("invoke wants a name and a key (or -)");
    }
    var key = words.get(4).equals(NO_KEY) ? "" : unquoted(words.get(4));
    var arguments = words.subList(5, words.size()).stream().map(HistoryText::unquoted).toList();
    return new Event.Invoke(time, process, new Call(unquoted(words.get(3)), key, arguments));
  }

  /** The words of a line up to a comment, quoted ones with their quotes. */
  private static List<String> words(String line) {
    var words = new ArrayList<String>();
    int at = 0;
    while (at < line.length() && line.charAt(at) != '#') {
      if (line.charAt(at) <= ' ') {
        at++;
        continue;
      }
      int end = line.charAt(at) == '"' ? endOfQuoted(line, at) : endOfBare(line, at);
      words.add(line.substring(at, end));
      at = end;
    }
    return words;
  }

  private static int endOfBare(String line, int at) {
    int end = at;
    while (end < line.length() && line.charAt(end) > ' ' && line.charAt(end) != '#') {
      end++;
    }
    return end;
  }

  private static int endOfQuoted(String line, int at) {
    for (int end = at + 1; end < line.length(); end++) {
      if (line.charAt(end) == '\\') {
        end++;
      } else if (line.charAt(end) == '"') {
        return end + 1;
      }
    }
    throw new IllegalArgumentException("a quote is not closed");
  }

  private static String unquoted(String word) {
    if (!word.startsWith("\"")) {
      return word;
    }
    var text = new StringBuilder();
    for (int i = 1; i < word.length() - 1; i++) {
      char c = word.charAt(i);
      if (c == '\\') {
        c = word.charAt(++i);
        c = c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c;
      }
      text.append(c);
    }
    return text.toString();
  }
}
