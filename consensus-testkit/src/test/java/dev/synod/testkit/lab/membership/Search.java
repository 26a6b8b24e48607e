package dev.synod.testkit.lab.membership;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Breadth first through all that can happen, so the first contradiction is a shortest one. */
final class Search {

  private final Map<Group, Came> seen = new HashMap<>();
  private final ArrayDeque<Group> open = new ArrayDeque<>();

  /** How a state was reached. */
  private record Came(@Nullable Group from, String move) {}

  /** The steps to a contradiction; empty if all states within the bounds are free of it. */
  Optional<List<String>> contradiction(Group start, Moves moves) {
    seen.put(start, new Came(null, ""));
    open.add(start);
    while (!open.isEmpty()) {
      var group = open.remove();
      for (Moves.Move move : moves.from(group)) {
        if (seen.putIfAbsent(move.after(), new Came(group, move.name())) == null) {
          if (move.after().contradicted()) {
            return Optional.of(wayTo(move.after()));
          }
          open.add(move.after());
        }
      }
    }
    return Optional.empty();
  }

  int states() {
    return seen.size();
  }

  private List<String> wayTo(Group group) {
    var steps = new LinkedList<String>();
    for (var came = seen.get(group); came != null && came.from() != null; ) {
      steps.addFirst(came.move());
      came = seen.get(came.from());
    }
    return List.copyOf(steps);
  }
}
