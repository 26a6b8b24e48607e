package dev.synod.actors.client;

import dev.synod.actors.message.AdminRequest;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.wire.EncodedCommand;
import dev.synod.actors.wire.EncodedValue;
import dev.synod.core.Bytes;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Rejected;
import dev.synod.core.Read;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Something wanted of the group, and what became of the tries so far. Every try has a tag of its
 * own, so that a late or repeated answer is never taken for that of another try.
 */
abstract sealed class Request {

  /** The tags of the tries that were sent and not refused: each of them may still do its work. */
  private final List<Long> open = new ArrayList<>(1);

  private int tries;
  private boolean done;
  private long latestTag;
  private long sentAt;
  private long restsUntil;
  private @Nullable ActorRef<ReplicaMessage> target;
  private @Nullable Rejected<Object> refusal;

  /** The last tick at which this may be answered by a replica. */
  abstract long deadline();

  final void sent(long tag, ActorRef<ReplicaMessage> to, long now) {
    open.add(tag);
    tries++;
    latestTag = tag;
    sentAt = now;
    target = to;
  }

  final void refused(long tag, Rejected<Object> with) {
    open.remove(tag);
    refusal = with;
  }

  final boolean isLatestTry(long tag) {
    return tag == latestTag;
  }

  /** No try was sent that may still do its work. */
  final boolean isUndone() {
    return open.isEmpty();
  }

  final List<Long> open() {
    return open;
  }

  /** Its outcome has been told. */
  final boolean isDone() {
    return done;
  }

  final void done() {
    done = true;
  }

  final int tries() {
    return tries;
  }

  final long sentAt() {
    return sentAt;
  }

  /** Whether the latest try can be answered by the leader alone. */
  boolean isAskedOfLeader() {
    return true;
  }

  /** To whom the latest try went. */
  final @Nullable ActorRef<ReplicaMessage> target() {
    return target;
  }

  /** The latest refusal. */
  final @Nullable Rejected<Object> refusal() {
    return refusal;
  }

  final void restUntil(long tick) {
    restsUntil = tick;
  }

  final long restsUntil() {
    return restsUntil;
  }

  /** A command of a caller. It has a session and a number from the moment it may leave. */
  static final class Command extends Request {
    private final EncodedValue value;
    private final Reply reply;
    private final long deadline;
    private long session;
    private Bytes payload = Bytes.EMPTY;

    Command(EncodedValue value, Reply reply, long deadline) {
      this.value = value;
      this.reply = reply;
      this.deadline = deadline;
    }

    @Override
    long deadline() {
      return deadline;
    }

    void number(long session, long number, long ackedBelow) {
      this.session = session;
      this.payload =
          new EncodedCommand(
                  session, number, ackedBelow, value.serializerId(), value.manifest(), value.body())
              .encode();
    }

    EncodedValue value() {
      return value;
    }

    Reply reply() {
      return reply;
    }

    long session() {
      return session;
    }

    Bytes payload() {
      return payload;
    }
  }

  /** The wish for a session; of the client itself. */
  static final class Opening extends Request {
    @Override
    long deadline() {
      return Long.MAX_VALUE;
    }
  }

  /** A read of a caller. */
  static final class Question extends Request {
    private final Object query;
    private final Read freshness;
    private final Reply reply;
    private final long deadline;
    private boolean near;

    Question(Object query, Read freshness, Reply reply, long deadline) {
      this.query = query;
      this.freshness = freshness;
      this.reply = reply;
      this.deadline = deadline;
    }

    @Override
    long deadline() {
      return deadline;
    }

    Object query() {
      return query;
    }

    Read freshness() {
      return freshness;
    }

    /** What was sent and not refused goes on whether its administrator waits or not. */
    boolean mayHaveBegun() {
      boolean transfers = query instanceof AdminRequest.TransferLeadership;
      return (transfers && !isUndone()) || mayHaveChangedMembers();
    }

    /**
     * What is no longer right to ask may be what an earlier try has done. Of a transfer a refusal
     * is the whole truth: who refuses it leads.
     */
    boolean mayHaveChangedMembers() {
      return query instanceof AdminRequest.ChangeMembers && !isUndone();
    }

    /** Only the leader can do it: others would ask the leader, or send it there. */
    boolean isForLeader() {
      return query instanceof AdminRequest || freshness instanceof Read.Lease;
    }

    /**
     * The replica of the client's own node can answer it best, if there is one and it is well; else
     * the leader.
     */
    boolean isForHere() {
      return freshness instanceof Read.Linearizable && !isForLeader();
    }

    @Override
    boolean isAskedOfLeader() {
      return !near;
    }

    /** Its tries tell nothing of the leader: another replica was asked. */
    boolean wasAskedNear() {
      return near;
    }

    void askedNear(boolean nearLeader) {
      near = nearLeader;
    }

    Reply reply() {
      return reply;
    }
  }

  /** For messages to people. */
  static Outcome<Object> rejected(Outcome.Reason reason, String text) {
    return new Rejected<>(reason, text);
  }
}
