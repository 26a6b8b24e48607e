package dev.synod.testkit.invariant;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows a group change by change and asks the invariants after each. It keeps the first violation
 * and throws nothing: an exception would only be the next thing that the simulated actors handle.
 */
public final class Watch implements GroupView {

  private final List<Invariant> invariants;
  private final LongSupplier nanoTime;
  private final Map<String, Shadow> shadows = new LinkedHashMap<>();
  private final Configurations configurations = new Configurations();
  private final Map<String, Long> places = new HashMap<>();
  private Consumer<Change> listener = change -> {};
  private @Nullable Violation violation;
  private long changes;

  public Watch(Collection<String> nodes, List<Invariant> invariants, LongSupplier nanoTime) {
    this.invariants = List.copyOf(invariants);
    this.nanoTime = nanoTime;
    nodes.forEach(node -> shadows.put(node, new Shadow(node)));
  }

  /** Tells that one, and no other, every change from now on, before the invariants look at it. */
  public void listener(Consumer<Change> newListener) {
    listener = newListener;
  }

  /** What has just happened. */
  public void see(Change change) {
    changes++;
    listener.accept(change);
    if (change instanceof Change.Applied applied) {
      places.putIfAbsent(applied.request(), applied.index());
    }
    var shadow = shadows.get(change.node());
    if (shadow != null) {
      shadow.take(change);
      configurations.take(change, shadow);
    }
    if (violation == null) {
      for (Invariant invariant : invariants) {
        var broken = invariant.after(change, this);
        if (broken.isPresent()) {
          broken(invariant.name(), broken.get());
          return;
        }
      }
    }
  }

  /** Something else that must not be. */
  public void broken(String name, String text) {
    if (violation == null) {
      violation = new Violation(name, text, nanoTime.getAsLong());
    }
  }

  /**
   * The log that a replica has recovered: it begins after {@code base}, whose epoch is the first.
   */
  public void recovered(String node, long base, List<Long> epochs) {
    shadow(node).recovered(base, epochs);
  }

  public Optional<Violation> violation() {
    return Optional.ofNullable(violation);
  }

  public boolean isBroken() {
    return violation != null;
  }

  public long changes() {
    return changes;
  }

  @Override
  public Collection<? extends ReplicaView> replicas() {
    return shadows.values();
  }

  @Override
  public ReplicaView replica(String node) {
    return shadow(node);
  }

  @Override
  public OptionalLong placeOf(String request) {
    var place = places.get(request);
    return place == null ? OptionalLong.empty() : OptionalLong.of(place);
  }

  @Override
  public Configurations configurations() {
    return configurations;
  }

  private Shadow shadow(String node) {
    var shadow = shadows.get(node);
    if (shadow == null) {
      throw new IllegalArgumentException("no replica on " + node);
    }
    return shadow;
  }
}
