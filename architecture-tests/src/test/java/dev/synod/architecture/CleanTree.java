package dev.synod.architecture;

import java.util.Map;

/** A tree that keeps all rules, and comes near to breaking some. */
final class CleanTree {

  private static final String CORE = "consensus-core/src/main/java/dev/synod/core/";

  static final Map<String, String> FILES =
      Map.of(
          "pom.xml",
          "<module>consensus-core</module>",
          "ARCHITECTURE.md",
          "# The picture\n\n`consensus-core` is all. `[no](link)`\n",
          "README.md",
          """
          # One and two

          See [the picture](ARCHITECTURE.md#the-picture) and [this](#one-and-two).

          ```java snippet=consensus-core/src/main/java/dev/synod/core/Word.java#length
          int length() {
            return text.length();
          }
          ```
          """,
          "config/banned-words.txt",
          "# words\nsmurfy\n",
          CORE + "package-info.java",
          """
          /** Words. */
          @NullMarked
          package dev.synod.core;

          import org.jspecify.annotations.NullMarked;
          """,
          CORE + "Word.java",
          """
          package dev.synod.core;

          import java.nio.charset.StandardCharsets;

          /** A word. It never calls Thread.sleep(1) and knows no System.out. */
          record Word(String text) {

            // snippet: length
            int length() {
              return text.length();
            }
            // end snippet

            byte[] bytes() {
              return text.getBytes(StandardCharsets.UTF_8);
            }
          }
          """,
          "consensus-core/src/main/resources/reference.conf",
          """
          # Ours.
          synod {
            word {
              # Longest, in characters.
              length-max = 10
            }
          }
          synod.blocking-dispatcher {
            type = Dispatcher
          }
          pekko.loglevel = INFO
          """);

  private CleanTree() {}
}
