package dev.synod.guide;

import dev.synod.actors.Protocol;
import dev.synod.core.Voting;
import dev.synod.zab.Zab;
import java.util.List;
import java.util.Map;

/** Groups in which votes count by weight, or by place. */
final class Places {

  private Places() {}

  static Protocol weighted() {
    // snippet: weighted
    // n1 with any other one decides
    return Zab.protocol(Voting.weighted(Map.of("n1", 2, "n2", 1, "n3", 1)));
    // end snippet
  }

  static Protocol places() {
    // snippet: places
    // two of three places decide, each by more than half of its own
    return Zab.protocol(
        Voting.hierarchical(
            List.of(
                Map.of("a1", 1, "a2", 1, "a3", 1),
                Map.of("b1", 1, "b2", 1, "b3", 1),
                Map.of("c1", 1, "c2", 1, "c3", 1))));
    // end snippet
  }
}
