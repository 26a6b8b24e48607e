package dev.synod.actors.node;

import dev.synod.actors.Peers;
import dev.synod.actors.message.NodeMessage;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The Hellos to members that have not been met. Pauses double while nothing changes, so that a
 * member which is gone for good costs little; when it comes back, it says Hello itself.
 */
final class Greetings {

  private final Peers peers;
  private NodeSettings settings;
  private Duration pause;
  private int skipped;

  Greetings(Peers peers, NodeSettings settings) {
    this.peers = peers;
    this.settings = settings;
    this.pause = settings.helloInterval();
  }

  /** Others, from the next pause on. */
  void settings(NodeSettings now) {
    settings = now;
    pause = pause.compareTo(now.helloIntervalMax()) > 0 ? now.helloIntervalMax() : pause;
  }

  /** Something is new: the next pause is short again. */
  void startOver() {
    pause = settings.helloInterval();
  }

  Duration nextPause() {
    var next = pause;
    var doubled = pause.multipliedBy(2);
    pause =
        doubled.compareTo(settings.helloIntervalMax()) > 0 ? settings.helloIntervalMax() : doubled;
    return next;
  }

  /** Greets the members of that group that have not been met; their number. */
  int greet(Resident resident, ActorRef<NodeMessage> self) {
    var missing = resident.missing();
    var hello = resident.hello(Optional.of(self));
    missing.forEach(address -> peers.tell(peers.node(address), hello));
    return missing.size();
  }

  /**
   * Greets for as many groups as may be at once, going on where the last call ended.
   *
   * @return whether some members are still to be met
   */
  boolean greetMissing(Collection<Resident> all, ActorRef<NodeMessage> self) {
    var waiting =
        all.stream().filter(Resident::isRunning).filter(one -> !one.missing().isEmpty()).toList();
    int count = Math.min(waiting.size(), settings.greetedGroupsMax());
    for (int i = 0; i < count; i++) {
      greet(waiting.get((skipped + i) % waiting.size()), self);
    }
    skipped = waiting.isEmpty() ? 0 : (skipped + count) % waiting.size();
    return !waiting.isEmpty();
  }
}
