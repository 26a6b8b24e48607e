package dev.synod.crdt.actor;

import dev.synod.core.Bytes;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.KeptRecord;
import dev.synod.crdt.protocol.KeptRecord.Anew;
import dev.synod.crdt.protocol.KeptRecord.Became;
import dev.synod.crdt.protocol.KeptRecord.Inherits;
import dev.synod.crdt.protocol.KeptRecord.Joined;
import dev.synod.crdt.protocol.KeptRecord.Mark;
import dev.synod.crdt.protocol.KeptRecord.Merged;
import dev.synod.crdt.protocol.KeptRecord.Stood;
import dev.synod.crdt.protocol.KeptRecord.Unsettled;
import dev.synod.crdt.rules.Recovery;
import dev.synod.crdt.wire.RecordCodec;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A mistake that somebody could make in keeping a member of a registry; by itself it is none. */
class MemberFault {

  static final MemberFault NONE = new MemberFault("none", true);

  private final String name;
  private final boolean isCompared;

  /**
   * @param isCompared whether a replica that is read again is compared with what it was, or only
   *     what comes of it is seen
   */
  MemberFault(String name, boolean isCompared) {
    this.name = name;
    this.isCompared = isCompared;
  }

  MemberFault(String name) {
    this(name, false);
  }

  SimulatedStore store() {
    return new SimulatedStore();
  }

  /** Whether a report leaves before what it names is on disk. */
  boolean reportsAtOnce() {
    return false;
  }

  /** Whether it reports before it has made anew what it inherits. */
  boolean reportsBeforeAnew() {
    return false;
  }

  /** Whether what others are told leaves before what it depends on is on disk. */
  boolean tellsAtOnce() {
    return false;
  }

  boolean isCompared() {
    return isCompared;
  }

  Recovery read(Recovery recovery, KeptRecord kept) {
    return recovery.with(kept);
  }

  @Override
  public String toString() {
    return name;
  }

  private static MemberFault written(String name, UnaryOperator<KeptRecord> written) {
    return new MemberFault(name) {
      @Override
      SimulatedStore store() {
        return new SimulatedStore() {
          @Override
          public long append(Bytes kept) {
            return super.append(RecordCodec.encode(written.apply(RecordCodec.decode(kept))));
          }
        };
      }
    };
  }

  private static MemberFault snapshot(
      String name, boolean isCompared, UnaryOperator<KeptRecord> written) {
    return new MemberFault(name, isCompared) {
      @Override
      SimulatedStore store() {
        return new SimulatedStore() {
          @Override
          public void snapshot(Consumer<Consumer<Bytes>> given) {
            super.snapshot(each -> given.accept(kept -> each.accept(changed(kept))));
          }

          private Bytes changed(Bytes kept) {
            return RecordCodec.encode(written.apply(RecordCodec.decode(kept)));
          }
        };
      }
    };
  }

  private static final KeptRecord NOTHING = new Merged(List.of(), VersionVector.EMPTY);

  static Stream<MemberFault> all() {
    return Stream.concat(members(), returns());
  }

  private static Stream<MemberFault> members() {
    return Stream.of(
        new MemberFault("a report leaves before what it names is on disk") {
          @Override
          boolean reportsAtOnce() {
            return true;
          }
        },
        new MemberFault("reports leave before all that is inherited is made anew") {
          @Override
          boolean reportsBeforeAnew() {
            return true;
          }
        },
        new MemberFault("others are told before what it depends on is on disk") {
          @Override
          boolean tellsAtOnce() {
            return true;
          }
        },
        written("standings are not kept", kept -> kept instanceof Stood ? NOTHING : kept),
        new MemberFault("nothing is dropped when the records are read") {
          @Override
          Recovery read(Recovery before, KeptRecord kept) {
            return kept instanceof Stood stood
                ? new Recovery(
                    before.self(),
                    stood.standing(),
                    before.families(),
                    before.limits(),
                    before.keys(),
                    before.dots(),
                    before.merged(),
                    before.log(),
                    before.inheritance(),
                    before.parts(),
                    before.elsewhere())
                : before.with(kept);
          }
        },
        written(
            "inherited changes are not kept",
            kept -> kept instanceof Anew anew ? anew.own() : withoutInherited(kept)),
        written(
            "it is not kept which inherited changes are made",
            kept -> kept instanceof Anew anew ? anew.own() : kept),
        written(
            "it is not kept that the node's replica is another one",
            kept -> kept instanceof Became it && it.self().number() > 4 ? NOTHING : kept));
  }

  private static KeptRecord withoutInherited(KeptRecord kept) {
    if (kept instanceof Inherits) {
      return new Inherits(List.of());
    }
    return kept instanceof Became it
        ? new Became(
            it.self(), it.standing(), it.dots(), it.parts(), it.follows(), it.anew(), List.of())
        : kept;
  }

  /** In snapshots, and in what a replica that was evicted hands over. */
  private static Stream<MemberFault> returns() {
    return Stream.of(
        snapshot("a snapshot has no inherited changes", false, MemberFault::withoutInherited),
        snapshot(
            "a snapshot does not say which dots are used",
            false,
            kept ->
                kept instanceof Became it
                    ? new Became(
                        it.self(),
                        it.standing(),
                        0,
                        it.parts(),
                        it.follows(),
                        it.anew(),
                        it.inherited())
                    : kept),
        snapshot(
            "a snapshot does not say what earlier changes came to",
            false,
            kept -> kept instanceof Unsettled ? NOTHING : kept),
        snapshot(
            "a snapshot does not say which of the earlier changes wrote what",
            true,
            kept -> kept instanceof Unsettled it ? writtenLast(it) : kept),
        written(
            "only the last part of what is inherited is kept",
            kept -> kept instanceof Inherits ? new Inherits(List.of()) : kept),
        new MemberFault("parts of an earlier try are taken", true) {
          @Override
          Recovery read(Recovery before, KeptRecord kept) {
            return kept instanceof Became it
                ? before.with(
                    new Became(
                        it.self(),
                        it.standing(),
                        it.dots(),
                        before.parts().size(),
                        it.follows(),
                        it.anew(),
                        it.inherited()))
                : before.with(kept);
          }
        });
  }

  /** As if the last one of each key had written all of it. */
  private static Unsettled writtenLast(Unsettled kept) {
    return new Unsettled(
        kept.settled(),
        kept.keys().stream()
            .map(
                it ->
                    new Joined(
                        it.change(),
                        it.last(),
                        it.checked(),
                        it.written().stream().map(one -> new Mark(one.dot(), it.last())).toList()))
            .toList());
  }
}
