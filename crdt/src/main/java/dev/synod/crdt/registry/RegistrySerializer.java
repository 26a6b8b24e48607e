package dev.synod.crdt.registry;

import dev.synod.actors.wire.WireReader;
import dev.synod.actors.wire.WireSerializer;
import dev.synod.actors.wire.WireWriter;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.Standing;
import dev.synod.crdt.registry.Registry.Enrolled;
import dev.synod.crdt.registry.RegistryCommand.Enrol;
import dev.synod.crdt.registry.RegistryCommand.Evict;
import dev.synod.crdt.registry.RegistryCommand.Look;
import dev.synod.crdt.registry.RegistryCommand.Report;
import dev.synod.crdt.wire.ClockCodecs;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.CrdtReader;
import dev.synod.crdt.wire.CrdtWriter;
import dev.synod.crdt.wire.StandingCodec;
import org.apache.pekko.actor.ExtendedActorSystem;

/**
 * Commands, answers and state of a {@link Registry} as bytes, which are kept on disk. A manifest
 * never changes its meaning; a changed layout gets another.
 *
 * <pre>
 *   E  Enrol    text node, long start        R  Report    int by, long standing, vector merged
 *   X  Evict    text node                    L  Look
 *   S  Standing, see FORMAT.md               G  Registry, see below
 * </pre>
 */
public final class RegistrySerializer extends WireSerializer {

  /** Of this serializer, in Pekko's configuration; never changes. */
  public static final int IDENTIFIER = 735_522;

  private static final String ENROL = "E";
  private static final String EVICT = "X";
  private static final String REPORT = "R";
  private static final String LOOK = "L";
  private static final String STANDING = "S";
  private static final String REGISTRY = "G";

  private static final Codec<Enrolled> ENROLLED =
      Codec.of(
          (enrolled, writer) -> {
            ClockCodecs.replica().write(enrolled.id(), writer);
            writer.i64(enrolled.start());
          },
          reader -> new Enrolled(ClockCodecs.replica().read(reader), reader.i64()));

  private static final Codec<Registry> STATE =
      Codec.of(RegistrySerializer::write, RegistrySerializer::read);

  public RegistrySerializer(ExtendedActorSystem system) {
    super(system);
  }

  private static void write(Registry registry, CrdtWriter writer) {
    writer.number(registry.number());
    writer.number(registry.membersSince());
    writer.number(registry.generation());
    writer.number(registry.nextId());
    ClockCodecs.vector().write(registry.stable(), writer);
    StandingCodec.map(Codec.text(), ENROLLED).write(registry.members(), writer);
    StandingCodec.replicas().write(registry.ready(), writer);
    StandingCodec.replicas().write(registry.gone(), writer);
    ClockCodecs.vector().write(registry.settled(), writer);
    writer.number(registry.settledFrom());
    StandingCodec.map(ClockCodecs.replica(), ClockCodecs.vector())
        .write(registry.reports(), writer);
  }

  private static Registry read(CrdtReader reader) {
    long number = reader.number();
    long membersSince = reader.number();
    long generation = reader.number();
    int nextId = reader.number(Integer.MAX_VALUE);
    var stable = ClockCodecs.vector().read(reader);
    var members = StandingCodec.map(Codec.text(), ENROLLED).read(reader);
    var ready = StandingCodec.replicas().read(reader);
    var gone = StandingCodec.replicas().read(reader);
    var settled = ClockCodecs.vector().read(reader);
    int settledFrom = reader.number(Integer.MAX_VALUE);
    var reports = StandingCodec.map(ClockCodecs.replica(), ClockCodecs.vector()).read(reader);
    return new Registry(
        number,
        membersSince,
        generation,
        nextId,
        stable,
        members,
        ready,
        gone,
        settled,
        settledFrom,
        reports);
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    if (message instanceof Enrol) {
      return ENROL;
    } else if (message instanceof Evict) {
      return EVICT;
    } else if (message instanceof Report) {
      return REPORT;
    } else if (message instanceof Look) {
      return LOOK;
    } else if (message instanceof Standing) {
      return STANDING;
    } else if (message instanceof Registry) {
      return REGISTRY;
    }
    throw new IllegalArgumentException("no layout for " + message.getClass().getName());
  }

  @Override
  protected void write(Object message, WireWriter out) {
    if (message instanceof Enrol enrol) {
      out.putText(enrol.node());
      out.putLong(enrol.start());
    } else if (message instanceof Evict evict) {
      out.putText(evict.node());
    } else if (message instanceof Report report) {
      out.putInt(report.by().number());
      out.putLong(report.standing());
      out.putBytes(ClockCodecs.vector().encode(report.merged()));
    } else if (message instanceof Standing standing) {
      out.putBytes(StandingCodec.standing().encode(standing));
    } else if (message instanceof Registry registry) {
      out.putBytes(STATE.encode(registry));
    } else if (!(message instanceof Look)) {
      throw new IllegalArgumentException("no layout for " + message.getClass().getName());
    }
  }

  @Override
  protected Object read(String manifest, WireReader in) {
    return switch (manifest) {
      case ENROL -> new Enrol(in.takeText(), in.takeLong());
      case EVICT -> new Evict(in.takeText());
      case REPORT ->
          new Report(
              new ReplicaId(in.takeInt()),
              in.takeLong(),
              ClockCodecs.vector().decode(in.takeBytes()));
      case LOOK -> new Look();
      case STANDING -> StandingCodec.standing().decode(in.takeBytes());
      case REGISTRY -> STATE.decode(in.takeBytes());
      default -> throw unknown(manifest);
    };
  }
}
