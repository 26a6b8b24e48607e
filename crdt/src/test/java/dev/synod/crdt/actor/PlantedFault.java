package dev.synod.crdt.actor;

import dev.synod.core.Bytes;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.KeptRecord;
import dev.synod.crdt.protocol.KeptRecord.Merged;
import dev.synod.crdt.protocol.KeptRecord.Origin;
import dev.synod.crdt.protocol.KeptRecord.Own;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Acknowledged;
import dev.synod.crdt.protocol.ReplicationMessage.Deltas;
import dev.synod.crdt.protocol.ReplicationMessage.Told;
import dev.synod.crdt.rules.Effect;
import dev.synod.crdt.rules.Step;
import dev.synod.crdt.wire.RecordCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A mistake that somebody could make in keeping a replica; by itself it is none. */
class PlantedFault {

  static final PlantedFault NONE = new PlantedFault("none");

  private final String name;

  PlantedFault(String name) {
    this.name = name;
  }

  SimulatedStore store() {
    return new SimulatedStore();
  }

  /**
   * Whether a message leaves before what it depends on is on disk; none is the answer to a call.
   */
  boolean leavesAtOnce(@Nullable ReplicationMessage message) {
    return false;
  }

  /** Up to where the replica takes its writes for durable when the store reports that. */
  long durable(long ticket) {
    return ticket;
  }

  /** What of a step is written. */
  Step written(Step step) {
    return step;
  }

  @Override
  public String toString() {
    return name;
  }

  static Stream<PlantedFault> all() {
    return Stream.of(early(), snapshots(), records()).flatMap(List::stream);
  }

  private static PlantedFault early(String name, Class<? extends ReplicationMessage> kind) {
    return new PlantedFault(name) {
      @Override
      boolean leavesAtOnce(@Nullable ReplicationMessage message) {
        return kind.isInstance(message);
      }
    };
  }

  private static List<PlantedFault> early() {
    return List.of(
        early("changes of others are acknowledged before they are on disk", Acknowledged.class),
        early("its own changes are told before they are on disk", Deltas.class),
        early("whole values are told before they are on disk", Told.class),
        new PlantedFault("a caller is answered before its change is on disk") {
          @Override
          boolean leavesAtOnce(@Nullable ReplicationMessage message) {
            return message == null;
          }
        },
        new PlantedFault("all that waits leaves as soon as anything is on disk") {
          @Override
          long durable(long ticket) {
            return Long.MAX_VALUE;
          }
        },
        new PlantedFault("the store calls durable what is not") {
          @Override
          SimulatedStore store() {
            return new SimulatedStore() {
              @Override
              public long durableTicket() {
                return lastTicket();
              }
            };
          }
        });
  }

  private static PlantedFault snapshot(
      String name, Function<KeptRecord, List<KeptRecord>> written) {
    return new PlantedFault(name) {
      @Override
      SimulatedStore store() {
        return new SimulatedStore() {
          @Override
          public void snapshot(Consumer<Consumer<Bytes>> given) {
            super.snapshot(
                each ->
                    given.accept(
                        kept ->
                            written
                                .apply(RecordCodec.decode(kept))
                                .forEach(it -> each.accept(RecordCodec.encode(it)))));
          }
        };
      }
    };
  }

  private static List<PlantedFault> snapshots() {
    return List.of(
        snapshot(
            "a snapshot has no changes of its own",
            kept -> kept instanceof Own ? List.of() : List.of(kept)),
        new PlantedFault("a snapshot has the number of the last own change, and not the changes") {
          @Override
          SimulatedStore store() {
            return new WithoutChanges();
          }
        },
        snapshot(
            "a snapshot does not say what was merged",
            kept ->
                kept instanceof Merged merged
                    ? List.of(new Merged(merged.values(), VersionVector.EMPTY))
                    : List.of(kept)),
        snapshot(
            "a snapshot has no values",
            kept ->
                kept instanceof Merged merged
                    ? List.of(new Merged(List.of(), merged.merged()))
                    : List.of(kept)),
        new PlantedFault("records are forgotten before their snapshot is written") {
          @Override
          SimulatedStore store() {
            return new SimulatedStore() {
              @Override
              public void snapshot(Consumer<Consumer<Bytes>> given) {
                super.snapshot(given);
                forgetUnwritten();
              }
            };
          }
        });
  }

  private static final class WithoutChanges extends SimulatedStore {
    @Override
    public void snapshot(Consumer<Consumer<Bytes>> given) {
      super.snapshot(
          each -> {
            var rest = new ArrayList<KeptRecord>();
            long[] next = {1};
            given.accept(
                kept -> {
                  var known = RecordCodec.decode(kept);
                  if (known instanceof Origin origin) {
                    next[0] = origin.firstKept();
                  } else if (known instanceof Own own) {
                    next[0] = own.number() + 1;
                  } else {
                    rest.add(known);
                  }
                });
            each.accept(RecordCodec.encode(new Origin(next[0])));
            rest.forEach(it -> each.accept(RecordCodec.encode(it)));
          });
    }
  }

  private static List<PlantedFault> records() {
    return List.of(
        new PlantedFault("what others told is claimed on disk, and not written") {
          @Override
          Step written(Step step) {
            return new Step(
                step.after(),
                step.effects().stream().filter(it -> !(it instanceof Effect.Merged)).toList());
          }
        });
  }
}
