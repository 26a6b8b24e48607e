package dev.synod.testkit.lab.byzantine;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * OM(1), the oral messages algorithm for one traitor (Lamport et al. 1982, section 3): the
 * commander, general 0, orders; each lieutenant tells all others what it was ordered; each obeys
 * the majority of what it has heard.
 *
 * @param count the commander included
 */
record Generals(int count) {

  /** How a lieutenant decides. */
  @FunctionalInterface
  interface Rule {
    /**
     * What to obey.
     *
     * @param ordered what the commander said to this lieutenant
     * @param relayed what each other lieutenant says that the commander said to it
     */
    Order decide(int lieutenant, Order ordered, List<Order> relayed);
  }

  /** The rule of the paper: the majority, or retreat if there is none. */
  static final Rule MAJORITY =
      (lieutenant, ordered, relayed) -> {
        int attack = Collections.frequency(relayed, Order.ATTACK);
        attack += ordered == Order.ATTACK ? 1 : 0;
        return attack * 2 > relayed.size() + 1 ? Order.ATTACK : Order.RETREAT;
      };

  /** What each loyal lieutenant decides. */
  Map<Integer, Order> decisions(Order command, Treason treason, Rule rule) {
    var decisions = new TreeMap<Integer, Order>();
    for (int lieutenant = 1; lieutenant < count; lieutenant++) {
      if (lieutenant != treason.traitor()) {
        int self = lieutenant;
        var relayed =
            IntStream.range(1, count)
                .filter(other -> other != self)
                .mapToObj(other -> said(other, self, ordered(other, command, treason), treason))
                .toList();
        decisions.put(self, rule.decide(self, ordered(self, command, treason), relayed));
      }
    }
    return decisions;
  }

  /**
   * IC1: all loyal lieutenants obey the same order. IC2: if the commander is loyal, it is the
   * commander's.
   */
  boolean agree(Order command, Treason treason, Rule rule) {
    var decided = decisions(command, treason, rule).values();
    return treason.traitor() == 0
        ? decided.stream().distinct().count() == 1
        : decided.stream().allMatch(order -> order == command);
  }

  private static Order ordered(int lieutenant, Order command, Treason treason) {
    return said(0, lieutenant, command, treason);
  }

  private static Order said(int from, int to, Order truth, Treason treason) {
    return from == treason.traitor() ? treason.lies().get(to) : truth;
  }
}
