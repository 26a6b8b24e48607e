package dev.synod.testkit.world;

import dev.synod.actors.Peers;
import dev.synod.actors.message.NodeMessage;
import dev.synod.core.Bytes;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.engine.Engine;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import org.jspecify.annotations.Nullable;

/**
 * The links between machines, each in one direction. Messages cross as bytes, by the serializers of
 * the actor system; what is lost, late, doubled or out of order is drawn from the seed.
 */
public final class Network {

  private static final String DOOR = "door-";
  private static final int PER_MILLE = 1000;

  private final Engine engine;
  private final Serialization serialization;
  private final Draw draw;
  private final Map<String, Machine> machines = new LinkedHashMap<>();
  private final Map<String, ActorRef<NodeMessage>> doors = new HashMap<>();
  private final Map<String, Link> links = new HashMap<>();
  private final Links cuts = new Links();
  private final Traffic traffic = new Traffic();
  private LinkQuality quality = LinkQuality.GOOD;
  private Observer observer = (from, to, message) -> {};
  private Observer ownObserver = (from, to, message) -> {};
  private Tracker tracker = Tracker.NONE;
  private Predicate<Object> bearsDisorder = message -> false;
  private @Nullable Encoded lastEncoded;

  /** Sees every message that one machine sends to another, before anything happens to it. */
  @FunctionalInterface
  public interface Observer {
    void sent(String from, String to, Object message);
  }

  /** Follows each message on its way; messages are numbered in the order in which they leave. */
  public interface Tracker {

    /** Follows none. */
    Tracker NONE =
        new Tracker() {
          @Override
          public void sent(long number, String from, String to, Object message) {}

          @Override
          public void lost(long number) {}

          @Override
          public void arrived(long number) {}
        };

    void sent(long number, String from, String to, Object message);

    /** On leaving, or where it would have arrived; if it was doubled, the other may arrive. */
    void lost(long number);

    void arrived(long number);
  }

  /** One direction of a link. */
  private static final class Link {
    private long lastArrival;
  }

  Network(Engine engine) {
    this.engine = engine;
    this.serialization = SerializationExtension.get(engine.system());
    this.draw = engine.chance("network");
  }

  /** How messages fare from now on. */
  public void quality(LinkQuality newQuality) {
    quality = newQuality;
  }

  public void observer(Observer newObserver) {
    observer = newObserver;
  }

  /** Who sees each message that actors of one machine send each other as they would to others. */
  public void ownObserver(Observer newObserver) {
    ownObserver = newObserver;
  }

  /** Tells that one, and no other, what becomes of each message from now on. */
  public void tracker(Tracker newTracker) {
    tracker = newTracker;
  }

  /**
   * Which messages may be doubled and overtaken, where the quality says so. The others arrive at
   * most once and in order, as {@link Peers} promises to those who send them.
   */
  public void disorder(Predicate<Object> bears) {
    bearsDisorder = bears;
  }

  /** Which links are cut. */
  public Links links() {
    return cuts;
  }

  /** What became of messages. */
  public Traffic traffic() {
    return traffic;
  }

  void add(Machine machine) {
    machines.put(machine.name(), machine);
    doors.put(machine.address(), engine.spawn(Behaviors.ignore(), DOOR + machine.name()));
  }

  Peers peersOf(Machine machine) {
    return new Peers() {
      @Override
      public ActorRef<NodeMessage> node(String address) {
        return Objects.requireNonNull(doors.get(address), () -> "no machine has " + address);
      }

      @Override
      public <M> void tell(ActorRef<? super M> to, M message) {
        send(machine, to, message);
      }
    };
  }

  /** The name of the host that an actor belongs to, or of the machine whose door it is. */
  static String hostNameOf(ActorRef<?> actor) {
    ActorPath path = actor.path();
    while (path.parent().parent() != path.root()) {
      path = path.parent();
    }
    String name = path.name();
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private void send(Machine from, ActorRef<?> to, Object message) {
    String target = machineOf(to);
    if (!machines.containsKey(target)) {
      untyped(to).tell(message);
      return;
    }
    if (target.equals(from.name())) {
      ownObserver.sent(target, target, message);
      deliver(target, to, message);
      return;
    }
    observer.sent(from.name(), target, message);
    long number = ++traffic.sent;
    tracker.sent(number, from.name(), target, message);
    var link = links.computeIfAbsent(from.name() + ">" + target, name -> new Link());
    if (cuts.isCut(from.name(), target) || draws(quality.lost())) {
      traffic.lost++;
      tracker.lost(number);
      return;
    }
    var parcel = new Parcel(number, from.name(), target, to, encoded(message));
    boolean mayBeDisordered = bearsDisorder.test(message);
    dispatch(link, parcel, mayBeDisordered);
    if (mayBeDisordered && draws(quality.doubled())) {
      traffic.doubled++;
      dispatch(link, parcel, true);
    }
  }

  /** A message on its way. */
  private record Parcel(long number, String from, String target, ActorRef<?> to, Encoded message) {}

  /** A message as bytes, and how to read them. */
  private record Encoded(Object message, Bytes bytes, int serializer, String manifest) {}

  /** What one node tells many is encoded once; messages do not change. */
  private Encoded encoded(Object message) {
    var last = lastEncoded;
    if (last == null || last.message() != message) {
      var serializer = serialization.findSerializerFor(message);
      last =
          new Encoded(
              message,
              Bytes.wrap(serialization.serialize(message).get()),
              serializer.identifier(),
              Serializers.manifestFor(serializer, message));
      lastEncoded = last;
    }
    return last;
  }

  private void dispatch(Link link, Parcel parcel, boolean mayBeDisordered) {
    long arrival = engine.nanoTime() + delayNanos();
    if (mayBeDisordered && draws(quality.overtaken())) {
      traffic.overtaken++;
      arrival += exponential(quality.lateMean());
    } else {
      arrival = Math.max(arrival, link.lastArrival);
      link.lastArrival = arrival;
    }
    engine.after(Duration.ofNanos(arrival - engine.nanoTime()), () -> arrive(parcel));
  }

  private void arrive(Parcel parcel) {
    if (cuts.isCut(parcel.from(), parcel.target())) {
      traffic.lost++;
      tracker.lost(parcel.number());
      return;
    }
    traffic.arrived++;
    tracker.arrived(parcel.number());
    var encoded = parcel.message();
    engine
        .trace()
        .event(
            encoded.manifest().hashCode() * 31L + (parcel.from() + parcel.target()).hashCode(),
            engine.nanoTime());
    var message =
        serialization
            .deserialize(encoded.bytes().toArray(), encoded.serializer(), encoded.manifest())
            .get();
    deliver(parcel.target(), parcel.to(), message);
  }

  private void deliver(String target, ActorRef<?> to, Object message) {
    var machine = Objects.requireNonNull(machines.get(target));
    if (to.path().name().startsWith(DOOR)) {
      machine.front().ifPresent(front -> untyped(front).tell(message));
    } else if (machine.owns(to)) {
      untyped(to).tell(message);
    }
  }

  private long delayNanos() {
    return quality.delayMin().toNanos() + exponential(quality.delayMean());
  }

  private long exponential(Duration mean) {
    return mean.isZero()
        ? 0
        : (long) (-(double) mean.toNanos() * StrictMath.log(1 - draw.nextDouble()));
  }

  private boolean draws(int perMille) {
    return perMille > 0 && draw.nextLong(PER_MILLE) < perMille;
  }

  /** The machine's name; something else for an actor that is on none. */
  private static String machineOf(ActorRef<?> actor) {
    String host = hostNameOf(actor);
    return host.startsWith(DOOR)
        ? host.substring(DOOR.length())
        : host.substring(0, Math.max(0, host.lastIndexOf('-')));
  }

  /** The message came from a sender that knew the type. */
  @SuppressWarnings("unchecked")
  private static ActorRef<Object> untyped(ActorRef<?> actor) {
    return (ActorRef<Object>) actor;
  }
}
