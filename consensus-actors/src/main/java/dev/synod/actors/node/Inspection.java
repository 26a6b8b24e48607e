package dev.synod.actors.node;

import dev.synod.actors.message.ReplicaMessage.GetStatus;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.core.GroupId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Asks replicas for their status and gives all answers at once; says of a silent one that it is
 * silent.
 */
final class Inspection {

  private final Map<GroupId, ReplicaStatus> found = new TreeMap<>();
  private final CompletableFuture<List<ReplicaStatus>> reply;
  private int missing;

  private Inspection(Collection<Resident> residents, CompletableFuture<List<ReplicaStatus>> reply) {
    this.reply = reply;
    for (Resident resident : residents) {
      var status = resident.isRunning() ? resident.silence() : resident.lastWord();
      missing += resident.isRunning() ? 1 : 0;
      found.put(status.group(), status);
    }
  }

  static Behavior<Object> create(
      Collection<Resident> residents,
      Duration timeout,
      CompletableFuture<List<ReplicaStatus>> reply) {
    var inspection = new Inspection(residents, reply);
    var running = residents.stream().filter(Resident::isRunning).map(Resident::replica).toList();
    return Behaviors.setup(
        context -> {
          context.setReceiveTimeout(timeout, TimeUp.INSTANCE);
          running.forEach(replica -> replica.tell(new GetStatus(context.getSelf().narrow())));
          return inspection.waiting();
        });
  }

  private Behavior<Object> waiting() {
    return missing == 0
        ? done()
        : Behaviors.receive(Object.class)
            .onMessage(ReplicaStatus.class, this::onStatus)
            .onMessageEquals(TimeUp.INSTANCE, this::done)
            .build();
  }

  private Behavior<Object> onStatus(ReplicaStatus status) {
    missing--;
    found.put(status.group(), status);
    return waiting();
  }

  private Behavior<Object> done() {
    reply.complete(List.copyOf(found.values()));
    return Behaviors.stopped();
  }

  private enum TimeUp {
    INSTANCE
  }
}
