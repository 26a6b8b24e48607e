package dev.synod.crdt.ladder;

import dev.synod.actors.wire.WireReader;
import dev.synod.actors.wire.WireSerializer;
import dev.synod.actors.wire.WireWriter;
import dev.synod.core.Bytes;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderCommand.Back;
import dev.synod.crdt.ladder.protocol.LadderCommand.Evict;
import dev.synod.crdt.ladder.protocol.LadderCommand.Grant;
import dev.synod.crdt.ladder.protocol.LadderCommand.Hello;
import dev.synod.crdt.ladder.protocol.LadderCommand.Joined;
import dev.synod.crdt.ladder.protocol.LadderCommand.Look;
import dev.synod.crdt.ladder.protocol.LadderCommand.Move;
import dev.synod.crdt.ladder.protocol.LadderCommand.Operate;
import dev.synod.crdt.ladder.protocol.LadderCommand.Table;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.ladder.protocol.LadderSnapshot;
import dev.synod.crdt.wire.ClockCodecs;
import java.io.NotSerializableException;
import org.apache.pekko.actor.ExtendedActorSystem;

/**
 * What a ladder's group is told, and its state, as bytes that stand in logs and snapshots for
 * years. By manifest:
 *
 * <pre>
 *   H  Hello    text node, int replica
 *   E  Evict    text node
 *   M  Move     text key, byte mode
 *   J  Joined   text key, long fence, text node, int replica, bytes value
 *   O  Operate  text key, vector token, value operation
 *   G  Grant    text key, int replica, long known, long needed
 *   B  Back     text key, bytes value
 *   L  Look     text key
 *   T  Table
 *   S  snapshot, and in lower case replies: {@link LadderReplies}
 *
 *   text = short length, UTF-8    bytes = int length, bytes    vector = bytes ({@link ClockCodecs})
 *   mode = 0 eventual, 1 causal, 2 bounded, 3 linearizable
 *   value = int serializer, text manifest, bytes: by the serializer bound to the operation's class
 * </pre>
 */
public final class LadderSerializer extends WireSerializer {

  /** Of this serializer, in Pekko's configuration; never changes. */
  public static final int IDENTIFIER = 735_531;

  private static final String SNAPSHOT = "S";

  public LadderSerializer(ExtendedActorSystem system) {
    super(system);
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    if (message instanceof Operate) {
      return "O";
    } else if (message instanceof Look) {
      return "L";
    } else if (message instanceof Grant) {
      return "G";
    } else if (message instanceof Back) {
      return "B";
    } else if (message instanceof Joined) {
      return "J";
    } else if (message instanceof Move) {
      return "M";
    } else if (message instanceof Hello) {
      return "H";
    } else if (message instanceof Evict) {
      return "E";
    } else if (message instanceof Table) {
      return "T";
    } else if (message instanceof LadderSnapshot) {
      return SNAPSHOT;
    } else if (message instanceof LadderReply reply) {
      return LadderReplies.manifest(reply);
    }
    throw new IllegalArgumentException("no layout for " + message.getClass().getName());
  }

  @Override
  protected void write(Object message, WireWriter out) throws NotSerializableException {
    if (message instanceof LadderCommand command) {
      write(command, out);
    } else if (message instanceof LadderReply reply) {
      LadderReplies.write(reply, out);
    } else if (message instanceof LadderSnapshot snapshot) {
      LadderReplies.write(snapshot.rows(), out);
    } else {
      throw new IllegalArgumentException("no layout for " + message.getClass().getName());
    }
  }

  private static void write(LadderCommand command, WireWriter out) throws NotSerializableException {
    if (command instanceof LadderCommand.Keyed keyed) {
      out.putText(keyed.key());
    }
    if (command instanceof Operate operate) {
      put(operate.after(), out);
      out.putValue(operate.operation());
    } else if (command instanceof Grant grant) {
      out.putInt(grant.to().number());
      out.putLong(grant.known());
      out.putLong(grant.needed());
    } else if (command instanceof Back back) {
      out.putBytes(back.value());
    } else if (command instanceof Joined joined) {
      out.putLong(joined.fence());
      out.putText(joined.node());
      out.putInt(joined.replica().number());
      out.putBytes(joined.value());
    } else if (command instanceof Move move) {
      put(move.to(), out);
    } else if (command instanceof Hello hello) {
      out.putText(hello.node());
      out.putInt(hello.replica().number());
    } else if (command instanceof Evict evict) {
      out.putText(evict.node());
    }
  }

  @Override
  protected Object read(String manifest, WireReader in) throws NotSerializableException {
    return switch (manifest) {
      case "O" -> operate(in.takeText(), token(in), in.takeValue());
      case "L" -> new Look(in.takeText());
      case "G" ->
          new Grant(
              in.takeText(),
              replica(in),
              in.takeNatural("rights"),
              in.takeNatural("needed rights"));
      case "B" -> new Back(in.takeText(), in.takeBytes());
      case "J" ->
          new Joined(
              in.takeText(), in.takeNatural("a fence"), in.takeText(), replica(in), in.takeBytes());
      case "M" -> new Move(in.takeText(), mode(in));
      case "H" -> new Hello(in.takeText(), replica(in));
      case "E" -> new Evict(in.takeText());
      case "T" -> new Table();
      case SNAPSHOT -> LadderReplies.rows(in);
      default ->
          LadderReplies.read(manifest, in).orElseThrow(() -> WireSerializer.unknown(manifest));
    };
  }

  private static Operate operate(String key, CausalToken after, Object operation) {
    return new Operate(key, operation, after);
  }

  static ReplicaId replica(WireReader in) {
    return new ReplicaId(in.takeInt());
  }

  static void put(CausalToken token, WireWriter out) {
    out.putBytes(ClockCodecs.vector().encode(token.changes(0)));
  }

  static CausalToken token(WireReader in) {
    Bytes bytes = in.takeBytes();
    return new CausalToken(ClockCodecs.vector().decode(bytes));
  }

  /** Numbers that stand for modes for ever, whatever becomes of the enum. */
  static void put(ConsistencyMode mode, WireWriter out) {
    out.putByte(
        switch (mode) {
          case EVENTUAL -> 0;
          case CAUSAL -> 1;
          case BOUNDED -> 2;
          case LINEARIZABLE -> 3;
        });
  }

  static ConsistencyMode mode(WireReader in) {
    byte number = in.takeByte();
    return switch (number) {
      case 0 -> ConsistencyMode.EVENTUAL;
      case 1 -> ConsistencyMode.CAUSAL;
      case 2 -> ConsistencyMode.BOUNDED;
      case 3 -> ConsistencyMode.LINEARIZABLE;
      default -> throw new IllegalArgumentException("no such mode: " + number);
    };
  }
}
