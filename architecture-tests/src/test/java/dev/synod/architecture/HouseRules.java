package dev.synod.architecture;

import java.util.List;
import java.util.stream.Stream;

/** All rules of the house that a machine can check. */
final class HouseRules {

  private HouseRules() {}

  static List<Rule> all() {
    return Stream.of(
            PurityRules.all(),
            ArrowRules.all(),
            CallRules.all(),
            NameRules.all(),
            LengthRules.all(),
            TextRules.all(),
            PackageRules.all(),
            LinkRules.all(),
            PaperMapRules.all(),
            SnippetRules.all(),
            SettingsRules.all())
        .flatMap(List::stream)
        .toList();
  }

  static Rule named(String id) {
    return all().stream()
        .filter(rule -> rule.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no rule is named " + id));
  }
}
