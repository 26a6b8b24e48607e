package dev.synod.architecture;

import java.util.List;
import java.util.function.Function;

/**
 * A rule of the house that can be looked for.
 *
 * @param id how {@code config/exceptions.txt} names it
 * @param because why it is a rule
 * @param look finds where it does not hold
 */
record Rule(String id, String because, Function<WorkTree, List<Finding>> look) {

  List<Finding> findingsIn(WorkTree tree) {
    return look.apply(tree);
  }
}
