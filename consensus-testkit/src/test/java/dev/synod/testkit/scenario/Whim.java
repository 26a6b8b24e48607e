package dev.synod.testkit.scenario;

import dev.synod.core.StateMachine;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A state machine that is not deterministic: it adds up what it is told, and some copies of it lie.
 *
 * @param whim what this copy adds of its own
 */
final class Whim implements StateMachine<Long, Long, List<Object>> {

  /** Where a copy's whim shows. */
  enum Shows {
    IN_REPLIES,
    IN_THE_STATE
  }

  private final long whim;
  private final Shows shows;
  private long total;

  Whim(long whim, Shows shows) {
    this.whim = whim;
    this.shows = shows;
  }

  @Override
  public Long apply(Long command, Context context) {
    total += command;
    return shows == Shows.IN_REPLIES ? total + whim : 0;
  }

  @Override
  public Long query(Long query) {
    return total;
  }

  /** With a set and a map whose order is another one in every process. */
  @Override
  public List<Object> snapshot() {
    long own = shows == Shows.IN_THE_STATE ? whim : 0;
    return List.of(total, total + own, Set.of("a", "b", "c"), Map.of("x", total, "y", 2L));
  }

  @Override
  public void restore(List<Object> state) {
    total = ((Number) state.get(0)).longValue();
  }
}
