package dev.synod.testkit.picture;

import dev.synod.core.Term;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Messages and changes in words: the names and fields of their records. */
final class Words {

  private static final int FIELD_CHARACTERS_MAX = 160;

  /** Pekko numbers them through in a JVM, so the same seed would have other texts each time. */
  private static final Pattern NUMBERED = Pattern.compile("(StreamSupervisor-)\\d+");

  private final Map<String, String> nodesOfStores;

  Words(Map<String, String> nodesOfStores) {
    this.nodesOfStores = nodesOfStores;
  }

  /** What a message is called, such as {@code AppendEntries}. */
  static String kind(Object message) {
    return message.getClass().getSimpleName();
  }

  /** The kind, and of the fields what is short: the term, a yes or no, how many. */
  String brief(Object message) {
    var words = new ArrayList<String>();
    words.add(kind(message));
    for (RecordComponent component : fields(message)) {
      var value = value(component, message);
      if (value instanceof Term) {
        words.add(value.toString());
      } else if (value instanceof Boolean yes) {
        words.add(yes ? component.getName() : "not " + component.getName());
      } else if (value instanceof Collection<?> many && !many.isEmpty()) {
        words.add("+" + many.size());
      }
    }
    return String.join(" ", words);
  }

  /** The kind and every field, a line each. */
  String full(Object message) {
    var lines = new ArrayList<String>();
    lines.add(kind(message));
    for (RecordComponent component : fields(message)) {
      lines.add("  " + component.getName() + " = " + field(value(component, message)));
    }
    if (lines.size() == 1) {
      lines.add("  " + field(message));
    }
    return String.join("\n", lines);
  }

  /** With the nodes' names in place of their stores', and not too long. */
  String field(Object value) {
    var text = value instanceof Collection<?> many ? many.size() + ": " + many : "" + value;
    text = NUMBERED.matcher(text).replaceAll("$1");
    for (Map.Entry<String, String> store : nodesOfStores.entrySet()) {
      text = text.replace(store.getKey(), store.getValue());
    }
    if (text.length() <= FIELD_CHARACTERS_MAX) {
      return text;
    }
    int end = text.offsetByCodePoints(0, text.codePointCount(0, FIELD_CHARACTERS_MAX));
    return text.substring(0, end) + "…";
  }

  private static List<RecordComponent> fields(Object message) {
    return message instanceof Record
        ? List.of(message.getClass().getRecordComponents())
        : List.of();
  }

  private static Object value(RecordComponent component, Object message) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(message);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return "unreadable: " + e;
    }
  }
}
