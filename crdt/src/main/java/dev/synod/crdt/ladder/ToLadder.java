package dev.synod.crdt.ladder;

import dev.synod.actors.AppliedCommand;
import dev.synod.core.Outcome;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.ladder.rules.LadderTask;
import dev.synod.crdt.lattice.Lattice;
import java.util.Optional;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;

/** What a ladder's actor is told, all of it on its own node. */
sealed interface ToLadder {

  /**
   * An operation to be done.
   *
   * @param arrivedAt this node's replica that has merged what it follows; none that is known yet
   * @param triesLeft how often it may ask for rights
   */
  record Update<T extends Lattice<T>, O>(
      LadderFamily<T, O> family,
      String key,
      O operation,
      CausalToken after,
      Optional<ReplicaId> arrivedAt,
      int triesLeft,
      ActorRef<LadderOutcome> replyTo)
      implements ToLadder {

    /** Another replica, which is here later, has merged nothing of it. */
    Update<T, O> arrived(ReplicaId at) {
      return new Update<>(family, key, operation, after, Optional.of(at), triesLeft, replyTo);
    }

    boolean hasArrived(ReplicaId at) {
      return arrivedAt.equals(Optional.of(at));
    }

    Update<T, O> granted() {
      return new Update<>(family, key, operation, after, arrivedAt, triesLeft - 1, replyTo);
    }
  }

  /**
   * A value to be read.
   *
   * @param arrivedAt as with {@link Update}
   */
  record Read<T extends Lattice<T>>(
      LadderFamily<T, ?> family,
      String key,
      CausalToken after,
      Optional<ReplicaId> arrivedAt,
      ActorRef<LadderRead<T>> replyTo)
      implements ToLadder {

    Read<T> arrived(ReplicaId at) {
      return new Read<>(family, key, after, Optional.of(at), replyTo);
    }

    boolean hasArrived(ReplicaId at) {
      return arrivedAt.equals(Optional.of(at));
    }
  }

  /** An entity to be moved. */
  record MoveTo(String key, ConsistencyMode to, ActorRef<LadderOutcome> replyTo)
      implements ToLadder {}

  /** Rights to be given back. */
  record GiveBack(
      LadderFamily<?, ?> family, String key, long amount, ActorRef<LadderOutcome> replyTo)
      implements ToLadder {}

  /** Rights are given up here, by that replica, or why not. */
  record GivenUp(GiveBack giveBack, ReplicaId by, Optional<? extends LadderOutcome> failure)
      implements ToLadder {}

  /** Asks where an entity stands. */
  record GetStatus(String key, ActorRef<LadderStatus> replyTo) implements ToLadder {}

  /** Asks to be told once the group has welcomed this node. */
  record AwaitStart(ActorRef<Done> replyTo) implements ToLadder {}

  /**
   * This node's replica of the values has that id by now.
   *
   * @param replica empty if it did not answer
   * @param why it did not
   */
  record Described(Optional<ReplicaId> replica, String why) implements ToLadder {}

  /** What became of that hello. */
  record Greeted(LadderCommand.Hello hello, Outcome<LadderReply> outcome) implements ToLadder {}

  /** What became of a move. */
  record Moved(MoveTo move, Outcome<LadderReply> outcome) implements ToLadder {}

  /** The next change of the group. */
  record Heard(AppliedCommand<LadderCommand> change, ActorRef<Done> ack) implements ToLadder {}

  /** The watch of the group has ended, and why. */
  record WatchEnded(String why) implements ToLadder {}

  /**
   * A task has ended.
   *
   * @param by the replica that it was about
   * @param why empty if it is done, else why not
   */
  record TaskEnded(LadderTask task, ReplicaId by, Optional<String> why) implements ToLadder {}

  /**
   * The group was told that rights of that key were given back.
   *
   * @param why empty if it has heard, else why it may not
   */
  record BackHeard(String key, Optional<String> why) implements ToLadder {}

  /** Some time has passed. */
  enum Tick implements ToLadder {
    INSTANCE
  }
}
