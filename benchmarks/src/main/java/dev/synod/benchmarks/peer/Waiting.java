package dev.synod.benchmarks.peer;

import dev.synod.actors.GroupRef;
import dev.synod.actors.Members;
import dev.synod.core.StoreId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;

/** Waits for things that happen in other actor systems, with a limit. */
public final class Waiting {

  private static final int SECONDS = 30;

  /** Longer than a trial that waits for an answer in vain. */
  private static final int TRYING_SECONDS = 120;

  private Waiting() {}

  /** The group as seen from the node that leads it, once it answers. */
  static GroupRef<byte[], Long> atLeader(List<GroupRef<byte[], Long>> groups, Members members) {
    get(groups.get(0).ask(new byte[Integer.BYTES]));
    var status = get(groups.get(0).status());
    var name = status.self().node().name();
    StoreId leader = status.leader().orElseThrow();
    if (!status.self().store().equals(leader)) {
      throw new IllegalStateException("asked for the leader's status, but got that of " + name);
    }
    for (int i = 0; i < groups.size(); i++) {
      if (members.nodes().get(i).name().equals(name)) {
        return groups.get(i);
      }
    }
    throw new IllegalStateException(name + " leads, but is none of " + members);
  }

  static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException("no answer within " + SECONDS + " s", e);
    }
  }

  /** Tries until it succeeds, with pauses. */
  static <T> T untilDone(Callable<T> trial) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TRYING_SECONDS);
    while (true) {
      try {
        return trial.call();
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  /** What takes a while to end. */
  public interface Ending {
    void await() throws InterruptedException;
  }

  /** Waits for that; whoever is interrupted meanwhile goes on, and stays interrupted. */
  public static void untilEnded(Ending ending) {
    try {
      ending.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void untilTerminated(ActorSystem<Void> system) {
    get(system.getWhenTerminated());
  }
}
