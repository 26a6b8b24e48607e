package dev.synod.raft;

import dev.synod.raft.protocol.RaftMessage;
import dev.synod.raft.protocol.RaftMessage.AppendAccepted;
import dev.synod.raft.protocol.RaftMessage.RequestVote;
import dev.synod.raft.protocol.RaftMessage.VoteReply;
import dev.synod.raft.rules.Effect;
import dev.synod.raft.rules.Step;
import java.util.List;

/**
 * Fig. 2, "updated on stable storage before responding", as a check on every step that a test sees:
 * a promise is gated, and stands after the writes that it speaks of.
 */
final class Promises {

  private Promises() {}

  /** Returns the step, or fails with the promise that it breaks. */
  static Step kept(Step step) {
    check(step.effects());
    return step;
  }

  static void check(List<Effect> effects) {
    boolean gatedSoFar = false;
    boolean saved = false;
    for (Effect effect : effects) {
      if (effect instanceof Effect.Save) {
        saved = true;
      }
      if (isWrite(effect) && gatedSoFar) {
        throw new AssertionError("a write stands after a promise about it: " + effects);
      }
      if (effect instanceof Effect.Send send && isPromise(send.message())) {
        throw new AssertionError("a promise leaves before it is durable: " + send);
      }
      if (effect instanceof Effect.WhenDurable gate && gate.effect() instanceof Effect.Send send) {
        gatedSoFar |= isPromise(send.message());
        if (send.message() instanceof RequestVote && !saved) {
          throw new AssertionError("a vote is asked for in a term that was not saved: " + effects);
        }
      }
    }
  }

  static boolean isWrite(Effect effect) {
    return effect instanceof Effect.Save
        || effect instanceof Effect.Append
        || effect instanceof Effect.TruncateFrom
        || effect instanceof Effect.Install;
  }

  /** What the sender must remember after a crash: votes, its own candidacy, entries held. */
  static boolean isPromise(RaftMessage message) {
    return message instanceof AppendAccepted
        || message instanceof RequestVote
        || (message instanceof VoteReply vote && vote.granted());
  }
}
