package dev.synod.crdt.actor;

import dev.synod.core.Bytes;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.KeptRecord;
import dev.synod.crdt.protocol.KeptRecord.Anew;
import dev.synod.crdt.protocol.KeptRecord.Became;
import dev.synod.crdt.protocol.KeptRecord.Merged;
import dev.synod.crdt.protocol.KeptRecord.Stood;
import dev.synod.crdt.rules.Recovery;
import dev.synod.crdt.wire.RecordCodec;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A mistake that somebody could make in keeping a member of a registry; by itself it is none. */
class MemberFault {

  static final MemberFault NONE = new MemberFault("none");

  private final String name;

  MemberFault(String name) {
    this.name = name;
  }

  SimulatedStore store() {
    return new SimulatedStore();
  }

  /** Whether a report leaves before what it names is on disk. */
  boolean reportsAtOnce() {
    return false;
  }

  /** Whether what others are told leaves before what it depends on is on disk. */
  boolean tellsAtOnce() {
    return false;
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

  private static MemberFault snapshot(String name, UnaryOperator<Became> written) {
    return new MemberFault(name) {
      @Override
      SimulatedStore store() {
        return new SimulatedStore() {
          @Override
          public void snapshot(Consumer<Consumer<Bytes>> given) {
            super.snapshot(each -> given.accept(kept -> each.accept(changed(kept))));
          }

          private Bytes changed(Bytes kept) {
            return RecordCodec.decode(kept) instanceof Became became
                ? RecordCodec.encode(written.apply(became))
                : kept;
          }
        };
      }
    };
  }

  private static final KeptRecord NOTHING = new Merged(List.of(), VersionVector.EMPTY);

  static Stream<MemberFault> all() {
    return Stream.of(
        new MemberFault("a report leaves before what it names is on disk") {
          @Override
          boolean reportsAtOnce() {
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
                    before.inherited(),
                    before.elsewhere())
                : before.with(kept);
          }
        },
        written(
            "inherited changes are not kept",
            kept ->
                kept instanceof Became it
                    ? new Became(it.self(), it.standing(), it.dots(), List.of())
                    : kept instanceof Anew anew ? anew.own() : kept),
        written(
            "it is not kept which inherited changes are made",
            kept -> kept instanceof Anew anew ? anew.own() : kept),
        snapshot(
            "a snapshot has no inherited changes",
            it -> new Became(it.self(), it.standing(), it.dots(), List.of())),
        snapshot(
            "a snapshot does not say which dots are used",
            it -> new Became(it.self(), it.standing(), 0, it.inherited())),
        written(
            "it is not kept that the node's replica is another one",
            kept -> kept instanceof Became it && it.self().number() > 4 ? NOTHING : kept));
  }
}
