package dev.synod.architecture;

import java.util.List;
import java.util.regex.Pattern;

/** Names that say nothing. */
final class NameRules {

  private static final Pattern EMPTY_ENDING =
      Pattern.compile(".*(Manager|Helper|Utils?|Impl|Base|Data|Info|Processor|Msg|DTO|Dto)");

  private NameRules() {}

  static List<Rule> all() {
    return List.of(
        new Rule(
            "no-empty-names",
            "a name that would fit anything says nothing",
            tree ->
                tree.classes().stream()
                    .filter(type -> EMPTY_ENDING.matcher(type.getSimpleName()).matches())
                    .map(type -> new Finding(type.getFullName(), "its name ends in an empty word"))
                    .toList()));
  }
}
