package dev.synod.testkit.cluster;

import dev.synod.core.StateMachine;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.invariant.Change;
import dev.synod.testkit.invariant.Watch;

/**
 * A state machine whose state says all that happened: the index of the last command, how many there
 * were, and a digest over all of them in order. A command is a request's name; its reply, and that
 * of any query, is the index of the last command.
 */
final class Journal implements StateMachine<String, Long, String> {

  private final String node;
  private final Watch watch;
  private long last;
  private long count;
  private long digest;

  Journal(String node, Watch watch) {
    this.node = node;
    this.watch = watch;
  }

  @Override
  public Long apply(String request, Context context) {
    last = context.index();
    count++;
    digest = Draw.mix(digest + request.hashCode() * 31L + context.index());
    watch.see(new Change.Applied(node, last, digest, request));
    return last;
  }

  @Override
  public Long query(String query) {
    return last;
  }

  @Override
  public String snapshot() {
    return last + " " + count + " " + digest;
  }

  @Override
  public void restore(String state) {
    var parts = state.split(" ", -1);
    last = Long.parseLong(parts[0]);
    count = Long.parseLong(parts[1]);
    digest = Long.parseLong(parts[2]);
    watch.see(new Change.Restored(node, last, digest));
  }
}
