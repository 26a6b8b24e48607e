package dev.synod.crdt;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The events that a replica has seen, in an order in which causes come first. */
record History<O>(List<Event<O>> events) {

  Stream<Event<O>> where(Predicate<O> operation) {
    return events.stream().filter(event -> operation.test(event.operation()));
  }

  /** Whether an event of that kind has seen this one. */
  boolean isSeenBy(Event<O> event, Predicate<O> kind) {
    return events.stream().anyMatch(later -> later.saw(event) && kind.test(later.operation()));
  }

  /** Those of the one kind that none of the other kind has seen. */
  Stream<Event<O>> unseen(Predicate<O> kind, Predicate<O> by) {
    return where(kind).filter(event -> !isSeenBy(event, by));
  }
}
