package dev.synod.testkit.crash;

import dev.synod.core.StateMachine;
import dev.synod.testkit.engine.Draw;
import java.util.ArrayList;
import java.util.List;

/**
 * A state machine whose state is how many commands there were, and a digest over all of them in
 * order: which also is the reply to any command or query.
 */
final class Chain implements StateMachine<String, String, String> {

  /** So that a snapshot takes several sectors. */
  private static final String PADDING = " ".repeat(2000);

  private long count;
  private long digest;

  /** The states that these commands lead to one after the other, the initial one first. */
  static List<String> replay(List<String> commands) {
    var chain = new Chain();
    List<String> states = new ArrayList<>();
    states.add(chain.state());
    for (String command : commands) {
      states.add(chain.applied(command));
    }
    return states;
  }

  @Override
  public String apply(String command, Context context) {
    return applied(command);
  }

  private String applied(String command) {
    count++;
    digest = Draw.mix(digest * 31 + command.hashCode());
    return state();
  }

  private String state() {
    return count + " " + digest;
  }

  @Override
  public String query(String query) {
    return state();
  }

  @Override
  public String snapshot() {
    return state() + PADDING;
  }

  @Override
  public void restore(String state) {
    var words = state.strip().split(" ");
    count = Long.parseLong(words[0]);
    digest = Long.parseLong(words[1]);
  }
}
