package dev.synod.testkit.picture;

import dev.synod.testkit.fault.Fault;
import dev.synod.testkit.fault.Schedule;
import dev.synod.testkit.fault.TimedFault;
import dev.synod.testkit.invariant.Change;
import dev.synod.testkit.invariant.Watch;
import dev.synod.testkit.world.Network;
import dev.synod.testkit.world.World;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Keeps the latest of what happens in a world, and changes nothing in it: a run that is looked at
 * has the trace that it has otherwise. Messages are kept as they are, and read only when drawn.
 */
public final class Recorder {

  private final World world;
  private final PictureLimits limits;
  private final UnaryOperator<Object> spoken;
  private final Map<Long, Flight> flights = new HashMap<>();
  private final ArrayDeque<Moment> moments = new ArrayDeque<>();
  private final ArrayDeque<Band> bands = new ArrayDeque<>();
  private final Roles roles;
  private long messages;

  /** What a fault that lasts until somebody ends it has for an end. */
  private static final long OPEN = Long.MAX_VALUE;

  private Recorder(World world, PictureLimits limits, UnaryOperator<Object> spoken) {
    this.world = world;
    this.limits = limits;
    this.spoken = spoken;
    this.roles = new Roles(limits.kept());
  }

  /**
   * Looks on from now on.
   *
   * @param spoken takes a message out of what it is wrapped into for the way
   */
  public static Recorder of(World world, PictureLimits limits, UnaryOperator<Object> spoken) {
    var recorder = new Recorder(world, limits, spoken);
    world.network().tracker(recorder.tracker());
    return recorder;
  }

  /** Sees that group's changes, too. */
  public Recorder watching(Watch watch) {
    watch.listener(this::see);
    return this;
  }

  /** That schedule begins now, and whatever is left of it ends after so long. */
  public void plays(Schedule schedule, Duration length) {
    long now = world.engine().nanoTime();
    long end = now + length.toNanos();
    for (TimedFault timed : schedule.faults()) {
      long from = now + timed.at().toNanos();
      if (from < end) {
        add(new Band(from, Math.min(end, from + timed.lasting().toNanos()), timed.fault()));
      }
    }
  }

  /** That fault begins now. */
  public void begins(Fault fault) {
    add(new Band(world.engine().nanoTime(), OPEN, fault));
  }

  /** The faults of which that holds end now. */
  public void ends(Predicate<Fault> which) {
    long now = world.engine().nanoTime();
    for (Band band : List.copyOf(bands)) {
      if (band.to() > now && which.test(band.fault())) {
        bands.remove(band);
        if (band.from() < now) {
          bands.add(new Band(band.from(), now, band.fault()));
        }
      }
    }
  }

  Recording recording() {
    long now = world.engine().nanoTime();
    return new Recording(
        List.copyOf(world.names()),
        flights.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(Map.Entry::getValue)
            .toList(),
        List.copyOf(moments),
        roles.spans(now),
        bands.stream()
            .filter(band -> band.from() <= now)
            .map(band -> new Band(band.from(), Math.min(now, band.to()), band.fault()))
            .toList(),
        roles.nodesOfStores(),
        messages,
        now);
  }

  PictureLimits limits() {
    return limits;
  }

  private void see(Change change) {
    long now = world.engine().nanoTime();
    roles.take(now, change);
    if (moments.size() == limits.kept()) {
      moments.remove();
    }
    moments.add(new Moment(now, change));
  }

  private void add(Band band) {
    if (bands.size() == limits.kept()) {
      bands.remove();
    }
    bands.add(band);
  }

  private Network.Tracker tracker() {
    return new Network.Tracker() {
      @Override
      public void sent(long number, String from, String to, Object message) {
        messages++;
        flights.remove(number - limits.kept());
        flights.put(number, new Flight(from, to, world.engine().nanoTime(), spoken.apply(message)));
      }

      @Override
      public void lost(long number) {
        var flight = flights.get(number);
        if (flight != null) {
          flight.lost(world.engine().nanoTime());
        }
      }

      @Override
      public void arrived(long number) {
        var flight = flights.get(number);
        if (flight != null) {
          flight.arrived(world.engine().nanoTime());
        }
      }
    };
  }
}
