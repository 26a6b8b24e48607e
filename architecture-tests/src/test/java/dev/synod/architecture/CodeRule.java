package dev.synod.architecture;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.List;
import java.util.regex.Pattern;

/** A rule about compiled code, checked by ArchUnit. */
final class CodeRule {

  private static final Pattern OUR_CLASS =
      Pattern.compile("dev\\.synod(?:\\.[a-z]\\w*)*\\.([A-Z]\\w*)");

  private CodeRule() {}

  static Rule of(String id, String because, ArchRule rule) {
    return new Rule(
        id,
        because,
        tree -> findings(rule.because(because).allowEmptyShould(true).evaluate(tree.classes())));
  }

  private static List<Finding> findings(EvaluationResult result) {
    return result.getFailureReport().getDetails().stream()
        .map(detail -> new Finding(placeIn(detail), detail))
        .toList();
  }

  /** The first class of ours that ArchUnit's text names: the one that breaks the rule. */
  private static String placeIn(String detail) {
    var matcher = OUR_CLASS.matcher(detail);
    return matcher.find() ? matcher.group() : "?";
  }
}
