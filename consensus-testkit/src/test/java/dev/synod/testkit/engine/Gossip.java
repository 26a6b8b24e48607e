package dev.synod.testkit.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Actors that know each other, beat on a timer and pass rumours on: work whose order matters. */
final class Gossip {

  sealed interface Message {}

  record Meet(List<ActorRef<Message>> others) implements Message {}

  record Rumour(int hops, String from) implements Message {}

  enum Beat implements Message {
    INSTANCE
  }

  private Gossip() {}

  static List<ActorRef<Message>> start(Engine engine, int count, Duration beat, List<String> told) {
    var all = new ArrayList<ActorRef<Message>>();
    for (int i = 1; i <= count; i++) {
      String name = "n" + i;
      all.add(engine.spawn(actor(name, beat, told), name));
    }
    all.forEach(one -> one.tell(new Meet(List.copyOf(all))));
    return all;
  }

  private static Behavior<Message> actor(String name, Duration beat, List<String> told) {
    return Behaviors.withTimers(
        timers -> {
          timers.startTimerWithFixedDelay(Beat.INSTANCE, beat);
          return gossiping(name, List.of(), told);
        });
  }

  private static Behavior<Message> gossiping(
      String name, List<ActorRef<Message>> others, List<String> told) {
    return Behaviors.receive(Message.class)
        .onMessage(Meet.class, meet -> gossiping(name, meet.others(), told))
        .onMessageEquals(
            Beat.INSTANCE,
            () -> {
              others.forEach(other -> other.tell(new Rumour(2, name)));
              return Behaviors.same();
            })
        .onMessage(
            Rumour.class,
            rumour -> {
              told.add(rumour.from() + ">" + name);
              if (rumour.hops() > 0) {
                others.forEach(other -> other.tell(new Rumour(rumour.hops() - 1, name)));
              }
              return Behaviors.same();
            })
        .build();
  }
}
