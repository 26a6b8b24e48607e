package dev.synod.testkit.cluster;

import dev.synod.core.StateMachine;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.invariant.Change;
import dev.synod.testkit.invariant.Watch;

/**
 * A state machine for two kinds of checks at once. For the invariants its state says all that
 * happened: the index of the last command, how many there were, and a digest over all of them in
 * order. For histories it holds {@link Registers}. Commands and queries are {@link Request}s as
 * text; a command's reply is what its call answers, a query's begins with the index of the last
 * command.
 */
final class Journal implements StateMachine<String, String, String> {

  private final String node;
  private final Watch watch;
  private long last;
  private long count;
  private long digest;
  private Registers registers = new Registers();

  Journal(String node, Watch watch) {
    this.node = node;
    this.watch = watch;
  }

  @Override
  public String apply(String command, Context context) {
    var request = Request.parse(command);
    last = context.index();
    count++;
    digest = Draw.mix(digest + command.hashCode() * 31L + last);
    var result = registers.apply(request.call());
    watch.see(new Change.Applied(node, last, state(), request.name()));
    return result;
  }

  /** A comparison that failed changes nothing. */
  @Override
  public boolean isChange(String command, String reply) {
    var request = Request.parse(command);
    boolean isChange = !request.call().name().equals("cas") || reply.equals("true");
    if (isChange) {
      watch.see(new Change.Made(node, last, request.name()));
    }
    return isChange;
  }

  @Override
  public String query(String query) {
    return last + " " + registers.apply(Request.parse(query).call());
  }

  @Override
  public String snapshot() {
    return last + " " + count + " " + digest + " " + registers.toText();
  }

  @Override
  public void restore(String state) {
    var parts = state.split(" ", 4);
    last = Long.parseLong(parts[0]);
    count = Long.parseLong(parts[1]);
    digest = Long.parseLong(parts[2]);
    registers = Registers.parse(parts[3]);
    watch.see(new Change.Restored(node, last, state()));
  }

  private long state() {
    return Draw.mix(digest + registers.hashCode());
  }
}
