package dev.synod.crdt.actor;

import dev.synod.core.Bytes;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.PeerMessage;
import dev.synod.crdt.protocol.PeerMessage.Behind;
import dev.synod.crdt.protocol.PeerMessage.News;
import dev.synod.crdt.protocol.PeerMessage.Piece;
import dev.synod.crdt.protocol.PeerMessage.Taken;
import dev.synod.crdt.protocol.PeerMessage.Whole;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Ask;
import dev.synod.crdt.protocol.ReplicationMessage.Fetch;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.rules.Neighbours;
import dev.synod.crdt.rules.Replication;
import dev.synod.crdt.wire.MessageCodec;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;

/**
 * Which messages of other nodes reach the rules, and when: not those of strangers, and in turns.
 */
final class Hearing implements LargeReading.Hearer {

  /** Who hears. */
  interface Replica {
    Replication replication();

    Neighbours neighbours();

    void receive(ReplicaId from, ReplicationMessage message);

    void send(ReplicaId to, Bytes message);

    /** There is room on the way to that one. */
    void free(ReplicaId other);

    /** A part of something large has come from that one. */
    void moved(ReplicaId other);
  }

  private final ReplicaId self;
  private final Logger log;
  private final Parcels parcels;
  private final LargeReading reading;
  private final LargeAnswers answers;
  private final Questions questions;
  private final Membership membership;
  private final Replica replica;

  Hearing(
      ReplicaId self,
      ActorContext<ToReplicator> context,
      ReplicatorSetup setup,
      Parcels parcels,
      Questions questions,
      Membership membership,
      Replica replica) {
    this.self = self;
    this.log = context.getLog();
    this.parcels = parcels;
    var settings = setup.settings();
    var me = context.getSelf();
    this.reading = new LargeReading(setup.aside(), me::tell, settings.readingWaitingMax());
    this.answers = new LargeAnswers(setup.aside(), me::tell, settings.asideElementsMin());
    this.questions = questions;
    this.membership = membership;
    this.replica = replica;
  }

  /** A message has come, maybe not for this replica. */
  void heard(PeerMessage message) {
    if (message instanceof Whole whole) {
      if (isForMe(whole, whole.to())
          && hears(whole.from(), whole.generation())
          && !reading.isBehind(whole.from(), whole.message())) {
        hear(whole.from(), whole.message());
      }
    } else if (message instanceof Piece piece) {
      if (isForMe(piece, piece.to()) && hears(piece.from(), piece.generation())) {
        replica.moved(piece.from());
        take(piece);
      }
    } else if (message instanceof Taken taken) {
      if (isForMe(taken, taken.to())) {
        parcels.taken(taken);
        goOn(taken.from());
      }
    } else if (message instanceof Behind behind) {
      if (membership.isRegistered() && isForMe(behind, behind.to())) {
        membership.behind(behind, replica.replication().standing());
      }
    }
  }

  private void take(Piece piece) {
    parcels
        .piece(piece, reading.isReading(piece.from()))
        .ifPresent(it -> reading.large(piece.from(), it, replica.replication()));
  }

  @Override
  public void hasRoom(ReplicaId from) {
    parcels.release(from);
  }

  /** A large message was read, or written. */
  Behavior<ToReplicator> done(FromAside done) {
    if (done instanceof LargeReading.Read read) {
      reading.done(read, this);
    } else if (done instanceof LargeAnswers.Made made) {
      answers.done(made, replica::send);
      goOn(made.to());
    }
    return Behaviors.same();
  }

  /** Whether something large is on its way to that one or from it, or is being read or written. */
  boolean isBusy(ReplicaId other) {
    return parcels.isBusy(other) || reading.isReading(other) || answers.isMaking(other);
  }

  /** Whether something large is on its way to that one, or is being written. */
  private boolean isFull(ReplicaId other) {
    return parcels.isLeavingFor(other) || answers.isMaking(other);
  }

  /** Some time has passed: large messages that are lost are sent again. */
  void resend() {
    parcels.resend();
    reading.forEach(replica::moved);
  }

  /** A new generation: nothing that was on its way is to be heard any more. */
  void next(long generation) {
    parcels.next(generation);
    reading.forget();
    answers.forget();
  }

  /** That one is gone for ever. */
  void left(ReplicaId gone) {
    parcels.left(gone);
    reading.left(gone);
    answers.left(gone);
    questions.left(gone);
  }

  private boolean hears(ReplicaId from, long generation) {
    return membership.hears(from, generation, replica.replication().standing());
  }

  /**
   * If there is room on the way to that one: the answers that it waits for and what it is to be
   * told of changes, now these first and now those, so that neither waits for ever.
   */
  void goOn(ReplicaId other) {
    if (isFull(other)) {
      return;
    }
    if (questions.areNext(other)) {
      answer(other);
    }
    if (!isFull(other)) {
      replica.free(other);
      answer(other);
    }
  }

  /** Answers that one until something large is on its way to it. */
  private void answer(ReplicaId other) {
    while (!isFull(other)) {
      var question = questions.next(other);
      if (question.isEmpty()) {
        return;
      }
      answer(other, question.get());
    }
  }

  private void answer(ReplicaId other, ReplicationMessage question) {
    if (!answers.begin(other, question, replica.replication())) {
      replica.receive(other, question);
    }
  }

  /** Whether that is to be believed. */
  boolean isNews(News news) {
    return membership.isRegistered() && isForMe(news, news.to());
  }

  /** Not for the one that was here before, and not from one that is gone. */
  private boolean isForMe(PeerMessage message, ReplicaId to) {
    return to.equals(self) && replica.neighbours().nodeOf(message.from()).isPresent();
  }

  @Override
  public Replication replication() {
    return replica.replication();
  }

  @Override
  public void unreadable(ReplicaId from, String why) {
    log.warn("A message of {} can't be read: {}", from, why);
  }

  @Override
  public void hear(ReplicaId from, Bytes bytes) {
    ReplicationMessage message;
    try {
      message = MessageCodec.decode(bytes);
    } catch (IllegalArgumentException e) {
      unreadable(from, String.valueOf(e.getMessage()));
      return;
    }
    hear(from, message);
  }

  @Override
  public void hear(ReplicaId from, ReplicationMessage message) {
    if (!message.from().equals(from)) {
      log.warn("{} sent a message of {}", from, message.from());
    } else if (message instanceof Ask || message instanceof Fetch) {
      questions.heard(message, isFull(from)).ifPresent(it -> answer(from, it));
    } else {
      replica.receive(from, message);
    }
  }
}
