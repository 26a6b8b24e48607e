package dev.synod.testkit.cluster;

import dev.synod.testkit.history.Call;
import java.util.Arrays;
import java.util.List;

/**
 * A call with a name of its own, as it travels: words with one space between them.
 *
 * @param name unique in a run
 */
record Request(String name, Call call) {

  private static final int WORDS_MIN = 3;

  String toText() {
    var words = name + " " + call.name() + " " + call.key();
    return call.arguments().isEmpty() ? words : words + " " + String.join(" ", call.arguments());
  }

  /** Reads what {@link #toText} writes. */
  static Request parse(String text) {
    var words = text.split(" ", -1);
    if (words.length < WORDS_MIN) {
      throw new IllegalArgumentException("a request has a name, a call and a key: " + text);
    }
    List<String> arguments = Arrays.asList(words).subList(WORDS_MIN, words.length);
    return new Request(words[0], new Call(words[1], words[2], arguments));
  }
}
