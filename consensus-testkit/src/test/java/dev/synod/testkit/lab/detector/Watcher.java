package dev.synod.testkit.lab.detector;

import dev.synod.testkit.lab.LabMessage;
import dev.synod.testkit.world.Machine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Sends heartbeats to all others, and looks at theirs. */
final class Watcher {

  static final Duration INTERVAL = Duration.ofMillis(100);

  private static final Duration LOOK = Duration.ofMillis(10);

  sealed interface Message extends LabMessage {}

  record Heartbeat(String from) implements Message {}

  private enum Tick implements Message {
    BEAT,
    LOOK
  }

  private final Machine machine;
  private final Detector.Kind kind;
  private final BiConsumer<String, Boolean> changes;
  private final Map<String, Detector> detectors = new LinkedHashMap<>();
  private final Map<String, Boolean> suspects = new LinkedHashMap<>();

  private Watcher(Machine machine, Detector.Kind kind, BiConsumer<String, Boolean> changes) {
    this.machine = machine;
    this.kind = kind;
    this.changes = changes;
  }

  /**
   * On that machine.
   *
   * @param all the watchers of all machines, itself included
   * @param changes is told whom it begins to suspect, or trusts again
   */
  static Behavior<Message> on(
      Machine machine,
      Supplier<Map<String, ActorRef<Message>>> all,
      Detector.Kind kind,
      BiConsumer<String, Boolean> changes) {
    var watcher = new Watcher(machine, kind, changes);
    return Behaviors.withTimers(
        timers -> {
          timers.startTimerAtFixedRate(Tick.BEAT, INTERVAL);
          timers.startTimerAtFixedRate(Tick.LOOK, LOOK);
          return Behaviors.receive(Message.class)
              .onMessage(Heartbeat.class, heartbeat -> watcher.heard(heartbeat.from()))
              .onMessageEquals(Tick.BEAT, () -> watcher.beat(all.get()))
              .onMessageEquals(Tick.LOOK, watcher::look)
              .build();
        });
  }

  private Behavior<Message> beat(Map<String, ActorRef<Message>> all) {
    all.forEach(
        (name, watcher) -> {
          if (!name.equals(machine.name())) {
            machine.peers().tell(watcher, new Heartbeat(machine.name()));
          }
        });
    return Behaviors.same();
  }

  private Behavior<Message> heard(String other) {
    detectors.computeIfAbsent(other, name -> kind.on(machine::nanoTime)).heartbeat();
    return Behaviors.same();
  }

  private Behavior<Message> look() {
    detectors.forEach(
        (other, detector) -> {
          boolean now = detector.suspects();
          if (now != suspects.getOrDefault(other, false)) {
            suspects.put(other, now);
            changes.accept(other, now);
          }
        });
    return Behaviors.same();
  }
}
