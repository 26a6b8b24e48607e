package dev.synod.guide;

import dev.synod.core.StateMachine;
import java.util.Map;
import java.util.TreeMap;

// snippet: machine
/** What a shop has of each article. */
final class Stock implements StateMachine<Stock.Command, Integer, Map<String, Integer>> {

  sealed interface Command {}

  record Deliver(String article, int pieces) implements Command {}

  record Count(String article) implements Command {}

  private final Map<String, Integer> pieces = new TreeMap<>();

  @Override
  public Integer apply(Command command, Context context) {
    if (command instanceof Deliver it) {
      return pieces.merge(it.article(), it.pieces(), Math::addExact);
    }
    return query(command); // asking changes nothing
  }

  @Override
  public boolean isChange(Command command, Integer reply) {
    return command instanceof Deliver; // who watches hears of these only
  }

  @Override
  public Integer query(Command query) {
    return query instanceof Count it ? pieces.getOrDefault(it.article(), 0) : 0;
  }

  @Override
  public Map<String, Integer> snapshot() {
    return Map.copyOf(pieces);
  }

  @Override
  public void restore(Map<String, Integer> state) {
    pieces.clear();
    pieces.putAll(state);
  }
}
// end snippet
