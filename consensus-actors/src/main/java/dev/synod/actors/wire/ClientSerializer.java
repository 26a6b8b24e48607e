package dev.synod.actors.wire;

import dev.synod.actors.message.ClientMessage.Answer;
import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.KeepAlive;
import dev.synod.actors.message.ClientMessage.Proposal;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.ClientMessage.Question;
import dev.synod.actors.message.WatchMessage.Changed;
import dev.synod.actors.message.WatchMessage.Changes;
import dev.synod.actors.message.WatchMessage.Pull;
import dev.synod.actors.transfer.SnapshotMessage.Chunk;
import dev.synod.core.EntryKind;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import java.io.NotSerializableException;
import java.time.Duration;
import java.util.ArrayList;
import org.apache.pekko.actor.ExtendedActorSystem;

/**
 * What clients and replicas say to each other, and the bytes of snapshots on their way. Queries and
 * replies are the application's: the Pekko serializer bound to their class encodes them.
 *
 * <pre>
 *   P  Propose     text group, ref client, long session, int n,
 *                  n × (long tag, byte kind, bytes payload)
 *   Q  Ask         text group, ref client, int n, n × (long tag, freshness, value query)
 *   A  Answers     text group, ref leader (empty if unknown), int n, n × (long tag, outcome)
 *   K  KeepAlive   text group, long session
 *   W  Pull        text group, ref watcher, long number, long incarnation, long after,
 *                  byte atOnce, int changesMax, int bytesMax
 *   C  Changes     text group, long number, long incarnation, ref hub, long after, long upTo,
 *                  int n, n × (long index, bytes payload)
 *   S  Chunk       long transfer, long offset, int crc, bytes
 *
 *   freshness = byte 1 linearizable | 2 at least: long index | 3 stale | 4 lease
 *               | 5 bounded: long nanoseconds
 *   outcome   = byte 1 ok: long index, value reply | 2 rejected: byte reason, text
 *               | 3 unknown: text
 *   value     = int serializer id, text manifest, bytes
 *   text      = short length, UTF-8         bytes = int length, bytes         ref = text
 * </pre>
 */
public final class ClientSerializer extends WireSerializer {

  /** Of this serializer, in Pekko's configuration; never changes. */
  public static final int IDENTIFIER = 735_501;

  private static final String PROPOSE = "P";
  private static final String ASK = "Q";
  private static final String ANSWERS = "A";
  private static final String KEEP_ALIVE = "K";
  private static final String PULL = "W";
  private static final String CHANGES = "C";
  private static final String CHUNK = "S";

  private static final byte LINEARIZABLE = 1;
  private static final byte AT_LEAST = 2;
  private static final byte STALE = 3;
  private static final byte LEASE = 4;
  private static final byte BOUNDED = 5;

  private static final byte OK = 1;
  private static final byte REJECTED = 2;
  private static final byte UNKNOWN = 3;

  private static final int PROPOSAL_BYTES_MIN = 13;
  private static final int QUESTION_BYTES_MIN = 19;
  private static final int ANSWER_BYTES_MIN = 11;
  private static final int CHANGED_BYTES_MIN = 12;

  public ClientSerializer(ExtendedActorSystem system) {
    super(system);
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    if (message instanceof Propose) {
      return PROPOSE;
    } else if (message instanceof Ask) {
      return ASK;
    } else if (message instanceof Answers) {
      return ANSWERS;
    } else if (message instanceof KeepAlive) {
      return KEEP_ALIVE;
    } else if (message instanceof Pull) {
      return PULL;
    } else if (message instanceof Changes) {
      return CHANGES;
    } else if (message instanceof Chunk) {
      return CHUNK;
    }
    throw new IllegalArgumentException("no layout for " + message.getClass().getName());
  }

  @Override
  protected void write(Object message, WireWriter out) throws NotSerializableException {
    if (message instanceof Propose propose) {
      writePropose(propose, out);
    } else if (message instanceof Ask ask) {
      writeAsk(ask, out);
    } else if (message instanceof Answers answers) {
      writeAnswers(answers, out);
    } else if (message instanceof KeepAlive alive) {
      out.putGroup(alive.group());
      out.putLong(alive.session());
    } else if (message instanceof Pull pull) {
      writePull(pull, out);
    } else if (message instanceof Changes changes) {
      writeChanges(changes, out);
    } else if (message instanceof Chunk chunk) {
      out.putLong(chunk.transfer());
      out.putLong(chunk.offset());
      out.putInt(chunk.crc());
      out.putBytes(chunk.bytes());
    } else {
      throw new IllegalArgumentException("no layout for " + message.getClass().getName());
    }
  }

  @Override
  protected Object read(String manifest, WireReader in) throws NotSerializableException {
    return switch (manifest) {
      case PROPOSE -> readPropose(in);
      case ASK -> readAsk(in);
      case ANSWERS -> readAnswers(in);
      case KEEP_ALIVE -> new KeepAlive(in.takeGroup(), in.takeNatural("a session"));
      case PULL -> readPull(in);
      case CHANGES -> readChanges(in);
      case CHUNK ->
          new Chunk(in.takeLong(), in.takeNatural("an offset"), in.takeInt(), in.takeBytes());
      default -> throw unknown(manifest);
    };
  }

  private static void writePropose(Propose propose, WireWriter out) {
    out.putGroup(propose.group());
    out.putRef(propose.client());
    out.putLong(propose.session());
    out.putInt(propose.proposals().size());
    for (Proposal proposal : propose.proposals()) {
      out.putLong(proposal.tag());
      out.putByte(proposal.kind().code());
      out.putBytes(proposal.payload());
    }
  }

  private static Propose readPropose(WireReader in) {
    var group = in.takeGroup();
    var client = in.<Answers>takeRef();
    long session = in.takeNatural("a session");
    int count = in.takeCount(PROPOSAL_BYTES_MIN);
    var proposals = new ArrayList<Proposal>(count);
    for (int i = 0; i < count; i++) {
      proposals.add(new Proposal(in.takeLong(), EntryKind.of(in.takeByte()), in.takeBytes()));
    }
    return new Propose(group, client, session, proposals);
  }

  private static void writeAsk(Ask ask, WireWriter out) throws NotSerializableException {
    out.putGroup(ask.group());
    out.putRef(ask.client());
    out.putInt(ask.questions().size());
    for (Question question : ask.questions()) {
      out.putLong(question.tag());
      writeFreshness(question.freshness(), out);
      out.putValue(question.query());
    }
  }

  private static Ask readAsk(WireReader in) throws NotSerializableException {
    var group = in.takeGroup();
    var client = in.<Answers>takeRef();
    int count = in.takeCount(QUESTION_BYTES_MIN);
    var questions = new ArrayList<Question>(count);
    for (int i = 0; i < count; i++) {
      questions.add(new Question(in.takeLong(), readFreshness(in), in.takeValue()));
    }
    return new Ask(group, client, questions);
  }

  private static void writeFreshness(Read freshness, WireWriter out) {
    if (freshness instanceof Read.Linearizable) {
      out.putByte(LINEARIZABLE);
    } else if (freshness instanceof Read.AtLeast atLeast) {
      out.putByte(AT_LEAST);
      out.putLong(atLeast.index());
    } else if (freshness instanceof Read.Stale) {
      out.putByte(STALE);
    } else if (freshness instanceof Read.Lease) {
      out.putByte(LEASE);
    } else if (freshness instanceof Read.Bounded bounded) {
      out.putByte(BOUNDED);
      out.putLong(bounded.lag().toNanos());
    }
  }

  private static Read readFreshness(WireReader in) {
    byte code = in.takeByte();
    return switch (code) {
      case LINEARIZABLE -> Read.linearizable();
      case AT_LEAST -> Read.atLeast(in.takeLong());
      case STALE -> Read.stale();
      case LEASE -> Read.lease();
      case BOUNDED -> Read.bounded(Duration.ofNanos(in.takeLong()));
      default -> throw new IllegalArgumentException("unknown freshness " + code);
    };
  }

  private static void writeAnswers(Answers answers, WireWriter out)
      throws NotSerializableException {
    out.putGroup(answers.group());
    out.putRef(answers.leader());
    out.putInt(answers.answers().size());
    for (Answer answer : answers.answers()) {
      out.putLong(answer.tag());
      writeOutcome(answer.outcome(), out);
    }
  }

  private static Answers readAnswers(WireReader in) throws NotSerializableException {
    var group = in.takeGroup();
    var leader = in.<dev.synod.actors.message.ReplicaMessage>takeOptionalRef();
    int count = in.takeCount(ANSWER_BYTES_MIN);
    var answers = new ArrayList<Answer>(count);
    for (int i = 0; i < count; i++) {
      answers.add(new Answer(in.takeLong(), readOutcome(in)));
    }
    return new Answers(group, leader, answers);
  }

  private static void writePull(Pull pull, WireWriter out) {
    out.putGroup(pull.group());
    out.putRef(pull.watcher());
    out.putLong(pull.number());
    out.putLong(pull.incarnation());
    out.putLong(pull.after());
    out.putBoolean(pull.atOnce());
    out.putInt(pull.changesMax());
    out.putInt(pull.bytesMax());
  }

  private static Pull readPull(WireReader in) {
    return new Pull(
        in.takeGroup(),
        in.takeRef(),
        in.takeLong(),
        in.takeLong(),
        in.takeLong(),
        in.takeBoolean(),
        in.takeInt(),
        in.takeInt());
  }

  private static void writeChanges(Changes changes, WireWriter out) {
    out.putGroup(changes.group());
    out.putLong(changes.number());
    out.putLong(changes.incarnation());
    out.putRef(changes.hub());
    out.putLong(changes.after());
    out.putLong(changes.upTo());
    out.putInt(changes.changes().size());
    for (Changed change : changes.changes()) {
      out.putLong(change.index());
      out.putBytes(change.payload());
    }
  }

  private static Changes readChanges(WireReader in) {
    var group = in.takeGroup();
    long number = in.takeLong();
    long incarnation = in.takeLong();
    var hub = in.<dev.synod.actors.message.WatchMessage.ToHub>takeRef();
    long after = in.takeLong();
    long upTo = in.takeLong();
    int count = in.takeCount(CHANGED_BYTES_MIN);
    var changes = new ArrayList<Changed>(count);
    for (int i = 0; i < count; i++) {
      changes.add(new Changed(in.takeLong(), in.takeBytes()));
    }
    return new Changes(group, number, incarnation, hub, after, upTo, changes);
  }

  private static void writeOutcome(Outcome<Object> outcome, WireWriter out)
      throws NotSerializableException {
    if (outcome instanceof Outcome.Ok<Object> ok) {
      out.putByte(OK);
      out.putLong(ok.index());
      out.putValue(ok.reply());
    } else if (outcome instanceof Outcome.Rejected<Object> rejected) {
      out.putByte(REJECTED);
      out.putByte(ReasonCode.of(rejected.reason()));
      out.putText(rejected.text());
    } else if (outcome instanceof Outcome.Unknown<Object> unknown) {
      out.putByte(UNKNOWN);
      out.putText(unknown.text());
    }
  }

  private static Outcome<Object> readOutcome(WireReader in) throws NotSerializableException {
    byte kind = in.takeByte();
    return switch (kind) {
      case OK -> {
        long index = in.takeNatural("an index");
        yield new Outcome.Ok<>(in.takeValue(), index);
      }
      case REJECTED -> {
        var reason = ReasonCode.reason(in.takeByte());
        yield new Outcome.Rejected<>(reason, in.takeText());
      }
      case UNKNOWN -> new Outcome.Unknown<>(in.takeText());
      default -> throw new IllegalArgumentException("unknown outcome " + kind);
    };
  }
}
