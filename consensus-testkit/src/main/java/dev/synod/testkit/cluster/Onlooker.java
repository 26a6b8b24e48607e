package dev.synod.testkit.cluster;

import dev.synod.actors.AppliedCommand;
import dev.synod.actors.CompactedException;
import dev.synod.actors.From;
import dev.synod.actors.GroupRef;
import dev.synod.testkit.invariant.Change;
import dev.synod.testkit.invariant.Watch;
import dev.synod.testkit.world.Machine;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.jspecify.annotations.Nullable;

/**
 * Who watches the group on one machine after the other, and remembers where it was. Takes the
 * stream's elements at its own pace, and tells the testkit's watch of each.
 */
final class Onlooker {

  private static final String ENDS = "a watch fails for compaction only";

  private final String name;
  private final Watch watch;
  private final Tally tally;
  private Duration pace = Duration.ZERO;
  private long position;
  private int runs;
  private @Nullable Machine machine;
  private @Nullable SinkQueueWithCancel<AppliedCommand<String>> queue;
  private @Nullable CompactedException lost;

  Onlooker(String name, long after, Watch watch, Tally tally) {
    this.name = name;
    this.position = after;
    this.watch = watch;
    this.tally = tally;
  }

  /** Has heard of all changes up to there; -1 if it wants the next one, whatever it is. */
  long position() {
    return position;
  }

  boolean isRunning() {
    return machine != null;
  }

  /** Where it runs, or nowhere. */
  String node() {
    return machine == null ? "" : machine.name();
  }

  /** Why it can't go on. */
  Optional<CompactedException> lost() {
    return Optional.ofNullable(lost);
  }

  /** How long it takes over each change. */
  void pace(Duration newPace) {
    pace = newPace;
  }

  /** Goes on there, with streams of an actor of that machine, which go when it goes. */
  void run(Machine on, GroupRef<String, String> group) {
    machine = on;
    int run = ++runs;
    watch.see(new Change.WatchBegan(on.name(), name, position));
    var from = position < 0 ? From.now() : From.after(position);
    on.spawn(
        Behaviors.setup(
            context -> {
              var materializer = Materializer.createMaterializer(Adapter.toClassic(context));
              var started = group.watch(from).runWith(Sink.queue(1), materializer);
              queue = started;
              take(started, run);
              return Behaviors.empty();
            }),
        "watcher-" + name + "-" + run);
  }

  /** Stops where it is. */
  void cancel() {
    if (queue != null) {
      queue.cancel();
    }
    machine = null;
    queue = null;
    runs++;
  }

  /** Scala's stages leave the thread where they are not told what to run on. */
  private void take(SinkQueueWithCancel<AppliedCommand<String>> from, int run) {
    if (run != runs || machine == null) {
      return;
    }
    from.pull()
        .<@Nullable Void>handleAsync(
            (next, failure) -> {
              if (run == runs && failure != null) {
                ended(failure);
              } else if (run == runs) {
                next.ifPresentOrElse(change -> taken(change, from, run), () -> ended(null));
              }
              return null;
            },
            machine.host());
  }

  private void taken(
      AppliedCommand<String> change, SinkQueueWithCancel<AppliedCommand<String>> from, int run) {
    position = change.index();
    tally.watched++;
    var request = Request.parse(change.command()).name();
    watch.see(new Change.Watched(node(), name, position, request));
    if (machine != null) {
      machine.engine().after(pace, () -> take(from, run));
    }
  }

  private void ended(@Nullable Throwable failure) {
    if (failure instanceof CompactedException compacted) {
      lost = compacted;
      tally.watchesLost++;
      watch.see(new Change.WatchLost(node(), name, compacted.next(), compacted.first()));
      cancel();
    } else {
      watch.broken(ENDS, "%s ended on %s: %s".formatted(name, node(), failure));
    }
  }

  @Override
  public String toString() {
    return "%s on %s up to %d".formatted(name, node(), position);
  }
}
