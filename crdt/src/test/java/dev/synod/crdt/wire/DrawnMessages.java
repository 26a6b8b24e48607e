package dev.synod.crdt.wire;

import dev.synod.core.Bytes;
import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.dots.CausalContext;
import dev.synod.crdt.protocol.KeptRecord;
import dev.synod.crdt.protocol.PeerMessage;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Acknowledged;
import dev.synod.crdt.protocol.ReplicationMessage.Ask;
import dev.synod.crdt.protocol.ReplicationMessage.Deltas;
import dev.synod.crdt.protocol.ReplicationMessage.Fetch;
import dev.synod.crdt.protocol.ReplicationMessage.Fetched;
import dev.synod.crdt.protocol.ReplicationMessage.Intervals;
import dev.synod.crdt.protocol.ReplicationMessage.KeyVersion;
import dev.synod.crdt.protocol.ReplicationMessage.KeyedDelta;
import dev.synod.crdt.protocol.ReplicationMessage.KeyedValue;
import dev.synod.crdt.protocol.ReplicationMessage.LeafVersions;
import dev.synod.crdt.protocol.ReplicationMessage.NodeSum;
import dev.synod.crdt.protocol.ReplicationMessage.Told;
import dev.synod.crdt.protocol.ReplicationMessage.Trimmed;
import dev.synod.crdt.protocol.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Messages, vectors and contexts of all sizes that occur, drawn. */
public final class DrawnMessages {

  private static final List<String> TEXTS = List.of("", "k", "cart/7", "ü€𝄞", "\0", "a\uFFFDb");

  private final Random random;

  public DrawnMessages(Random random) {
    this.random = random;
  }

  public ReplicationMessage message() {
    return switch (random.nextInt(8)) {
      case 0 -> deltas(replica(), counter());
      case 7 -> intervals();
      case 1 -> new Acknowledged(replica(), number(), random.nextBoolean());
      case 2 -> new Trimmed(replica(), number());
      case 3 -> new Ask(replica(), number(), list(this::node), list(this::leaf));
      case 4 ->
          new Told(
              replica(),
              number(),
              vector(),
              token(),
              list(this::sum),
              list(this::value),
              list(this::node));
      case 5 -> new Fetch(replica(), number(), text(), vector());
      default ->
          new Fetched(
              replica(), number(), random.nextBoolean() ? Optional.of(value()) : Optional.empty());
    };
  }

  private ReplicationMessage intervals() {
    var from = replica();
    var intervals = new ArrayList<Deltas>();
    long first = counter() / 2 + 1;
    for (int i = random.nextInt(2, Intervals.COUNT_MAX + 1); i > 0; i--) {
      intervals.add(deltas(from, first));
      first = intervals.get(intervals.size() - 1).last() + 1;
    }
    return new Intervals(intervals);
  }

  private Deltas deltas(ReplicaId from, long first) {
    long last = Math.min(Dot.COUNTER_MAX, first + random.nextInt(9));
    return new Deltas(
        from,
        first,
        last,
        vector(),
        token(),
        list(() -> new KeyedDelta(text(), first + random.nextLong(last - first + 1), set())));
  }

  public PeerMessage peerMessage() {
    return switch (random.nextInt(7)) {
      case 0 -> new PeerMessage.Who(text(), replica(), random.nextLong());
      case 1 -> new PeerMessage.Here(text(), replica(), replica(), random.nextLong());
      case 2 ->
          new PeerMessage.Whole(
              replica(), replica(), random.nextInt(3), MessageCodec.encode(message()));
      case 3 -> piece();
      case 4 -> new PeerMessage.Behind(replica(), replica(), random.nextLong());
      case 5 -> new PeerMessage.News(replica(), replica(), standing());
      default -> new PeerMessage.Taken(replica(), replica(), random.nextLong(), random.nextInt());
    };
  }

  private Standing standing() {
    var members = new TreeMap<String, ReplicaId>();
    list(this::text).forEach(node -> members.put(node, replica()));
    return new Standing(
        counter(),
        counter(),
        random.nextInt(Integer.MAX_VALUE),
        vector(),
        members,
        new TreeSet<>(list(this::replica)),
        vector(),
        random.nextInt(Integer.MAX_VALUE));
  }

  private PeerMessage piece() {
    var bytes = set();
    int offset = random.nextInt(1 << random.nextInt(1, 30));
    int total = offset + bytes.length() + 1 + random.nextInt(1 << 20);
    return new PeerMessage.Piece(
        replica(), replica(), random.nextInt(3), random.nextLong(), offset, total, bytes);
  }

  private LeafVersions leaf() {
    return new LeafVersions(node(), list(() -> new KeyVersion(text(), vector())));
  }

  private NodeSum sum() {
    return new NodeSum(node(), random.nextLong());
  }

  private KeyedValue value() {
    return new KeyedValue(text(), vector(), set());
  }

  /** A value as bytes. */
  private Bytes set() {
    var set = AddWinsSet.<String>empty();
    for (int i = random.nextInt(4); i > 0; i--) {
      set = set.merge(set.add(replica(), text()));
    }
    return CausalCodecs.addWinsSet(Codec.text()).encode(set);
  }

  private <T> List<T> list(Supplier<T> each) {
    var list = new ArrayList<T>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(each.get());
    }
    return list;
  }

  String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private int node() {
    return random.nextInt(1 << random.nextInt(1, 18));
  }

  ReplicaId replica() {
    return new ReplicaId(random.nextInt() >>> random.nextInt(1, 32));
  }

  /** From 0 on. */
  private long number() {
    return random.nextLong() >>> random.nextInt(1, 64);
  }

  /** From 1 on, as far as dots go. */
  private long counter() {
    return 1 + (random.nextLong() >>> random.nextInt(3, 64)) % Dot.COUNTER_MAX;
  }

  Dot dot() {
    return new Dot(replica(), counter());
  }

  VersionVector vector() {
    var vector = VersionVector.EMPTY;
    for (int i = random.nextInt(5); i > 0; i--) {
      vector = vector.with(dot());
    }
    return vector;
  }

  /** Of up to three shards, and half of the time of none. */
  CausalToken token() {
    return random.nextBoolean() ? CausalToken.NONE : new CausalToken(list(this::vector));
  }

  KeptRecord record() {
    var token = token();
    return switch (random.nextInt(3)) {
      case 0 -> new KeptRecord.Origin(counter());
      case 1 ->
          new KeptRecord.Own(
              counter(), text(), vector(), token, token.isEmpty() ? number() : counter(), set());
      default -> new KeptRecord.Merged(list(this::value), vector(), token);
    };
  }

  CausalContext context() {
    var context = CausalContext.EMPTY;
    for (int i = random.nextInt(5); i > 0; i--) {
      var first = dot();
      for (int j = random.nextInt(4); j >= 0 && first.counter() + j < Dot.COUNTER_MAX; j--) {
        context = context.with(new Dot(first.replica(), first.counter() + j));
      }
    }
    return context;
  }
}
