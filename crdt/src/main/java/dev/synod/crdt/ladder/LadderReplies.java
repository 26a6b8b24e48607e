package dev.synod.crdt.ladder;

import dev.synod.actors.wire.WireReader;
import dev.synod.actors.wire.WireWriter;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.ladder.protocol.LadderReply.Evicted;
import dev.synod.crdt.ladder.protocol.LadderReply.Granted;
import dev.synod.crdt.ladder.protocol.LadderReply.Operated;
import dev.synod.crdt.ladder.protocol.LadderReply.Refused;
import dev.synod.crdt.ladder.protocol.LadderReply.Seen;
import dev.synod.crdt.ladder.protocol.LadderReply.Stands;
import dev.synod.crdt.ladder.protocol.LadderReply.Welcome;
import dev.synod.crdt.ladder.protocol.LadderSnapshot.Kept;
import dev.synod.crdt.ladder.protocol.LadderSnapshot.Rows;
import dev.synod.crdt.ladder.protocol.Reason;
import dev.synod.crdt.ladder.protocol.Rung;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Replies and snapshots in {@link LadderSerializer}, by manifest:
 *
 * <pre>
 *   w  Welcome   int count, (text node, int replica)…, int count, (text key, rung)…
 *   s  Stands    rung
 *   o  Operated  vector token
 *   v  Seen      rung, bytes value, vector token
 *   g  Granted   bytes value
 *   e  Evicted
 *   r  Refused   byte reason, text
 *   S  snapshot  as w, int count, (text key, bytes value, vector token)…
 *
 *   rung = byte mode, byte before, long fence, long published,
 *          int count, text waiting…, int count, int joined…
 * </pre>
 */
final class LadderReplies {

  private static final int TEXT_BYTES_MIN = 2;
  private static final int MEMBER_BYTES_MIN = TEXT_BYTES_MIN + Integer.BYTES;
  private static final int RUNG_BYTES_MIN = 2 + 2 * Long.BYTES + 2 * Integer.BYTES;
  private static final int ROW_BYTES_MIN = TEXT_BYTES_MIN + 2 * Integer.BYTES;

  private LadderReplies() {}

  static String manifest(LadderReply reply) {
    if (reply instanceof Operated) {
      return "o";
    } else if (reply instanceof Seen) {
      return "v";
    } else if (reply instanceof Granted) {
      return "g";
    } else if (reply instanceof Stands) {
      return "s";
    } else if (reply instanceof Welcome) {
      return "w";
    } else if (reply instanceof Evicted) {
      return "e";
    }
    return "r";
  }

  static void write(LadderReply reply, WireWriter out) {
    if (reply instanceof Operated operated) {
      LadderSerializer.put(operated.token(), out);
    } else if (reply instanceof Seen seen) {
      put(seen.rung(), out);
      out.putBytes(seen.value());
      LadderSerializer.put(seen.token(), out);
    } else if (reply instanceof Granted granted) {
      out.putBytes(granted.value());
    } else if (reply instanceof Stands stands) {
      put(stands.rung(), out);
    } else if (reply instanceof Welcome welcome) {
      write(welcome, out);
    } else if (reply instanceof Refused refused) {
      out.putByte(number(refused.reason()));
      out.putText(refused.text());
    }
  }

  private static void write(Welcome welcome, WireWriter out) {
    out.putInt(welcome.members().size());
    welcome
        .members()
        .forEach(
            (node, replica) -> {
              out.putText(node);
              out.putInt(replica.number());
            });
    out.putInt(welcome.rungs().size());
    welcome
        .rungs()
        .forEach(
            (key, rung) -> {
              out.putText(key);
              put(rung, out);
            });
  }

  private static void put(Rung rung, WireWriter out) {
    LadderSerializer.put(rung.mode(), out);
    LadderSerializer.put(rung.before(), out);
    out.putLong(rung.fence());
    out.putLong(rung.published());
    out.putInt(rung.waiting().size());
    rung.waiting().forEach(out::putText);
    out.putInt(rung.joined().size());
    rung.joined().forEach(replica -> out.putInt(replica.number()));
  }

  static void write(Rows rows, WireWriter out) {
    write(rows.table(), out);
    out.putInt(rows.values().size());
    rows.values()
        .forEach(
            (key, kept) -> {
              out.putText(key);
              out.putBytes(kept.value());
              LadderSerializer.put(kept.token(), out);
            });
  }

  /** Empty if there is no such reply. */
  static Optional<LadderReply> read(String manifest, WireReader in) {
    return Optional.ofNullable(
        switch (manifest) {
          case "o" -> new Operated(LadderSerializer.token(in));
          case "v" -> new Seen(rung(in), in.takeBytes(), LadderSerializer.token(in));
          case "g" -> new Granted(in.takeBytes());
          case "s" -> new Stands(rung(in));
          case "w" -> welcome(in);
          case "e" -> new Evicted();
          case "r" -> new Refused(reason(in.takeByte()), in.takeText());
          default -> null;
        });
  }

  private static Welcome welcome(WireReader in) {
    int members = in.takeCount(MEMBER_BYTES_MIN);
    var nodes = new TreeMap<String, ReplicaId>();
    for (int i = 0; i < members; i++) {
      nodes.put(in.takeText(), LadderSerializer.replica(in));
    }
    int size = in.takeCount(TEXT_BYTES_MIN + RUNG_BYTES_MIN);
    var rungs = new TreeMap<String, Rung>();
    for (int i = 0; i < size; i++) {
      rungs.put(in.takeText(), rung(in));
    }
    return new Welcome(nodes, rungs);
  }

  private static Rung rung(WireReader in) {
    var mode = LadderSerializer.mode(in);
    var before = LadderSerializer.mode(in);
    long fence = in.takeNatural("a fence");
    long published = in.takeNatural("an index");
    var waiting = new TreeSet<String>();
    for (int rest = in.takeCount(TEXT_BYTES_MIN); rest > 0; rest--) {
      waiting.add(in.takeText());
    }
    var joined = new TreeSet<ReplicaId>();
    for (int rest = in.takeCount(Integer.BYTES); rest > 0; rest--) {
      joined.add(LadderSerializer.replica(in));
    }
    return new Rung(mode, before, fence, published, waiting, joined);
  }

  static Rows rows(WireReader in) {
    var table = welcome(in);
    int size = in.takeCount(ROW_BYTES_MIN);
    SortedMap<String, Kept> values = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      values.put(in.takeText(), new Kept(in.takeBytes(), LadderSerializer.token(in)));
    }
    return new Rows(table, values);
  }

  /** Numbers that stand for reasons for ever. */
  private static int number(Reason reason) {
    return switch (reason) {
      case STARTING -> 0;
      case MOVING -> 1;
      case BEHIND -> 2;
      case NO_RIGHTS -> 3;
      case NOT_ALLOWED -> 4;
      case UNAVAILABLE -> 5;
    };
  }

  private static Reason reason(byte number) {
    return switch (number) {
      case 0 -> Reason.STARTING;
      case 1 -> Reason.MOVING;
      case 2 -> Reason.BEHIND;
      case 3 -> Reason.NO_RIGHTS;
      case 4 -> Reason.NOT_ALLOWED;
      case 5 -> Reason.UNAVAILABLE;
      default -> throw new IllegalArgumentException("no such reason: " + number);
    };
  }
}
