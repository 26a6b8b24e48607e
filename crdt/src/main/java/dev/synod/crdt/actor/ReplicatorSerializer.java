package dev.synod.crdt.actor;

import dev.synod.actors.wire.WireReader;
import dev.synod.actors.wire.WireSerializer;
import dev.synod.actors.wire.WireWriter;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.PeerMessage.Behind;
import dev.synod.crdt.protocol.PeerMessage.Here;
import dev.synod.crdt.protocol.PeerMessage.News;
import dev.synod.crdt.protocol.PeerMessage.Piece;
import dev.synod.crdt.protocol.PeerMessage.Taken;
import dev.synod.crdt.protocol.PeerMessage.Who;
import dev.synod.crdt.protocol.PeerMessage.Whole;
import dev.synod.crdt.wire.StandingCodec;
import org.apache.pekko.actor.ExtendedActorSystem;

/**
 * What replicators say to each other, as bytes; by manifest:
 *
 * <pre>
 *   W  Who    text node, int from, long question
 *   H  Here   text node, int from, int to, long question
 *   M  Whole  int from, int to, bytes message ({@link dev.synod.crdt.wire.MessageCodec})
 *   P  Piece  int from, int to, long parcel, int offset, int total, bytes
 *   G  Whole  long generation, above 0, and as M
 *   D  Piece  long generation, above 0, and as P
 *   T  Taken  int from, int to, long parcel, int upTo
 *   B  Behind int from, int to, long number
 *   N  News   int from, int to, bytes standing (FORMAT.md)
 *
 *   text = short length, UTF-8         bytes = int length, bytes
 * </pre>
 */
public final class ReplicatorSerializer extends WireSerializer {

  /** Of this serializer, in Pekko's configuration; never changes. */
  public static final int IDENTIFIER = 735_521;

  private static final String WHO = "W";
  private static final String HERE = "H";
  private static final String WHOLE = "M";
  private static final String PIECE = "P";
  private static final String TAKEN = "T";
  private static final String WHOLE_OF_GENERATION = "G";
  private static final String PIECE_OF_GENERATION = "D";
  private static final String BEHIND = "B";
  private static final String NEWS = "N";

  public ReplicatorSerializer(ExtendedActorSystem system) {
    super(system);
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    if (message instanceof Whole whole) {
      return whole.generation() == 0 ? WHOLE : WHOLE_OF_GENERATION;
    } else if (message instanceof Piece piece) {
      return piece.generation() == 0 ? PIECE : PIECE_OF_GENERATION;
    } else if (message instanceof Taken) {
      return TAKEN;
    } else if (message instanceof Behind) {
      return BEHIND;
    } else if (message instanceof News) {
      return NEWS;
    } else if (message instanceof Who) {
      return WHO;
    } else if (message instanceof Here) {
      return HERE;
    }
    throw new IllegalArgumentException("no layout for " + message.getClass().getName());
  }

  @Override
  protected void write(Object message, WireWriter out) {
    if (message instanceof Whole whole) {
      put(whole.generation(), out);
      put(whole.from(), whole.to(), out);
      out.putBytes(whole.message());
    } else if (message instanceof Piece piece) {
      put(piece.generation(), out);
      put(piece.from(), piece.to(), out);
      out.putLong(piece.parcel());
      out.putInt(piece.offset());
      out.putInt(piece.total());
      out.putBytes(piece.bytes());
    } else if (message instanceof Taken taken) {
      put(taken.from(), taken.to(), out);
      out.putLong(taken.parcel());
      out.putInt(taken.upTo());
    } else if (message instanceof Behind behind) {
      put(behind.from(), behind.to(), out);
      out.putLong(behind.number());
    } else if (message instanceof News news) {
      put(news.from(), news.to(), out);
      out.putBytes(StandingCodec.standing().encode(news.standing()));
    } else if (message instanceof Who who) {
      out.putText(who.node());
      out.putInt(who.from().number());
      out.putLong(who.question());
    } else if (message instanceof Here here) {
      out.putText(here.node());
      put(here.from(), here.to(), out);
      out.putLong(here.question());
    } else {
      throw new IllegalArgumentException("no layout for " + message.getClass().getName());
    }
  }

  private static void put(long generation, WireWriter out) {
    if (generation > 0) {
      out.putLong(generation);
    }
  }

  private static void put(ReplicaId from, ReplicaId to, WireWriter out) {
    out.putInt(from.number());
    out.putInt(to.number());
  }

  @Override
  protected Object read(String manifest, WireReader in) {
    return switch (manifest) {
      case WHO -> new Who(in.takeText(), replica(in), in.takeLong());
      case HERE -> new Here(in.takeText(), replica(in), replica(in), in.takeLong());
      case WHOLE -> whole(0, in);
      case WHOLE_OF_GENERATION -> whole(generation(in), in);
      case PIECE -> piece(0, in);
      case PIECE_OF_GENERATION -> piece(generation(in), in);
      case TAKEN -> new Taken(replica(in), replica(in), in.takeLong(), in.takeInt());
      case BEHIND -> new Behind(replica(in), replica(in), in.takeLong());
      case NEWS ->
          new News(replica(in), replica(in), StandingCodec.standing().decode(in.takeBytes()));
      default -> throw unknown(manifest);
    };
  }

  private static long generation(WireReader in) {
    long generation = in.takeNatural("a generation");
    if (generation == 0) {
      throw new IllegalArgumentException("the first generation is not written");
    }
    return generation;
  }

  private static Whole whole(long generation, WireReader in) {
    return new Whole(replica(in), replica(in), generation, in.takeBytes());
  }

  private static Piece piece(long generation, WireReader in) {
    var from = replica(in);
    var to = replica(in);
    long parcel = in.takeLong();
    return new Piece(from, to, generation, parcel, in.takeInt(), in.takeInt(), in.takeBytes());
  }

  private static ReplicaId replica(WireReader in) {
    return new ReplicaId(in.takeInt());
  }
}
