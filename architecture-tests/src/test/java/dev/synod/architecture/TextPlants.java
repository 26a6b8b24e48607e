package dev.synod.architecture;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Files that break the rules about texts. */
final class TextPlants {

  private static final String A = "planted/src/main/java/dev/synod/core/A.java";
  private static final String A_TEST = "planted/src/test/java/dev/synod/core/ATest.java";
  private static final String CLASS_A = "package dev.synod.core;\n\nclass A {}\n";
  private static final String RAFT = "consensus-raft/src/main/java/dev/synod/raft/rules/";
  private static final String RAFT_README = "consensus-raft/README.md";

  private TextPlants() {}

  static List<Plant> all() {
    return Stream.of(lengths(), words(), places(), documents()).flatMap(List::stream).toList();
  }

  private static List<Plant> lengths() {
    return List.of(
        Plant.file("file-length", "a file of 401 lines", A, CLASS_A + "//\n".repeat(398)),
        Plant.file(
            "method-length",
            "a method of 61 lines",
            A,
            "package dev.synod.core;\n\nclass A {\n  void a() {" + "\n".repeat(60) + "  }\n}\n"),
        Plant.file("columns", "a line of 101 columns", A, CLASS_A + "//" + "x".repeat(99) + "\n"),
        Plant.file("document-length", "two screens", "README.md", "text\n".repeat(81)));
  }

  private static List<Plant> words() {
    return List.of(
        Plant.file("no-unfinished-marks", "a mark", A, CLASS_A + "// TO" + "DO later\n"),
        new Plant(
            "no-banned-words",
            "a word on the list, in capitals",
            Map.of(
                "config/banned-words.txt",
                "# words\nsmurfy\n",
                "docs/guide.md",
                "A Smurfy guide.\n"),
            "docs/guide.md"),
        Plant.file("no-own-paths", "a home", "docs/guide.md", "Look into `/ho" + "me/ann/x`.\n"),
        Plant.file(
            "no-sleep-in-tests",
            "a test that sleeps",
            A_TEST,
            "package dev.synod.core;\n\n"
                + "class ATest { void a() throws Exception { Thread.sleep(1); } }\n"),
        Plant.file(
            "no-swallowed-failure",
            "an empty handler",
            A,
            """
            package dev.synod.core;

            class A {
              int parse(String text) {
                try {
                  return Integer.parseInt(text);
                } catch (NumberFormatException e) {
                }
                return 0;
              }
            }
            """));
  }

  private static List<Plant> places() {
    return List.of(
        Plant.file(
            "no-swallowed-failure",
            "a handler of everything",
            A,
            """
            package dev.synod.core;

            class A {
              void run(Runnable task) {
                try {
                  task.run();
                } catch (Throwable e) {
                  throw new IllegalStateException(e);
                }
              }
            }
            """),
        new Plant(
            "package-info",
            "a package that admits nulls",
            Map.of(
                A,
                CLASS_A,
                "planted/src/main/java/dev/synod/core/package-info.java",
                "/** Words. */\npackage dev.synod.core;\n"),
            "planted:dev.synod.core"),
        Plant.file(
            "package-folder", "a stray", A_TEST, "package dev.synod.log;\n\nclass ATest {}\n"),
        new Plant(
            "modules-in-architecture",
            "a module that is not drawn",
            Map.of("pom.xml", "<module>m1</module><module>m2</module>", "ARCHITECTURE.md", "m1"),
            "m2"),
        Plant.file("links", "a dead file", "README.md", "See [there](docs/nowhere.md).\n"));
  }

  private static List<Plant> documents() {
    return List.of(
        Plant.file("links", "a dead heading", "README.md", "# One\nSee [there](#two).\n"),
        new Plant(
            "paper-map",
            "rules without a map",
            Map.of(RAFT + "Role.java", "package dev.synod.raft.rules;\n\nclass Role {}\n"),
            RAFT_README),
        new Plant("paper-map", "a rule that is gone", map("`Gone`", "`RoleTest`"), RAFT_README),
        new Plant(
            "paper-map", "a method that is gone", map("`Role.gone`", "`RoleTest`"), RAFT_README),
        new Plant("paper-map", "a test that is gone", map("`Role`", "`GoneTest`"), RAFT_README),
        new Plant("paper-map", "a rule without a test", map("`Role`", "none yet"), RAFT_README),
        Plant.file("snippets", "loose Java", "README.md", "```java\nint a;\n```\n"),
        new Plant(
            "snippets",
            "a drifted snippet",
            Map.of(
                "docs/guide.md",
                "```java snippet=" + A + "#one\nint b;\n```\n",
                A,
                "package dev.synod.core;\n\n"
                    + "class A {\n"
                    + "  // snippet: one\n"
                    + "  int a;\n"
                    + "  // end snippet\n"
                    + "}\n"),
            "docs/guide.md"),
        Plant.file(
            "settings-explained",
            "a bare setting",
            "planted/src/main/resources/reference.conf",
            "synod {\n  # Explained.\n  a = 1\n  b = 2\n}\n"));
  }

  /** A Raft module whose map has one row. */
  private static Map<String, String> map(String rule, String test) {
    return Map.of(
        RAFT + "Role.java",
        "package dev.synod.raft.rules;\n\nclass Role {}\n",
        "consensus-raft/src/test/java/dev/synod/raft/rules/RoleTest.java",
        "package dev.synod.raft.rules;\n\nclass RoleTest {}\n",
        RAFT_README,
        "| Paper | Rule | Test |\n|---|---|---|\n| §5.1 | " + rule + " | " + test + " |\n");
  }
}
