package dev.synod.actors.replica;

import dev.synod.actors.message.ConsistencyMessage.CompareDigests;
import dev.synod.actors.message.ConsistencyMessage.DigestsAre;
import dev.synod.actors.message.ConsistencyMessage.Diverged;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * An applier's part in comparing replicas: says what its digests are, after an entry that it may
 * have yet to apply. Now and then, after the same entries on every replica, it takes a digest of
 * the whole state: from an immutable value, on the blocking executor.
 */
final class OwnDigests {

  private record StateDigest(long index, long digest) {}

  private final ActorRef<ApplierMessage> applier;
  private final ApplierSetup<?, ?, ?> setup;
  private final ReplicatedState<?, ?, ?> state;
  private StateDigest newest = new StateDigest(0, 0);
  private boolean isLooking;
  private @Nullable CompareDigests early;

  OwnDigests(
      ActorRef<ApplierMessage> applier,
      ApplierSetup<?, ?, ?> setup,
      ReplicatedState<?, ?, ?> state) {
    this.applier = applier;
    this.setup = setup;
    this.state = state;
  }

  /** After the last entry applied; empty if they can't be compared. */
  Optional<DigestsAre> now() {
    long index = state.applied().index();
    var digest = state.digests().at(index);
    return digest.isPresent() ? Optional.of(after(index, digest.getAsLong())) : Optional.empty();
  }

  /** The leader wants to compare; a later question takes the place of one that waits. */
  void compare(CompareDigests asked) {
    early = asked;
    answerIfApplied();
  }

  /** More was applied. */
  void answerIfApplied() {
    if (early != null && early.index() <= state.applied().index()) {
      var asked = early;
      early = null;
      state
          .digests()
          .at(asked.index())
          .ifPresent(digest -> setup.peers().tell(asked.leader(), after(asked.index(), digest)));
    }
  }

  /** That entry was applied just now. */
  void applied(long index) {
    long every = setup.settings().stateDigestAfterEntries();
    if (every > 0 && index % every == 0 && !isLooking) {
      look(index);
    }
  }

  /** The state after that entry was looked at. */
  void looked(ApplierTask.StateDigested digested) {
    isLooking = false;
    digested.digest().ifPresent(digest -> newest = new StateDigest(digested.index(), digest));
  }

  /** What is to be done about a majority that says otherwise, if it does. */
  Optional<String> contradiction(Diverged diverged) {
    boolean differs =
        diverged.isState()
            ? newest.index() == diverged.index() && newest.digest() != diverged.digest()
            : state.digests().at(diverged.index()).stream()
                .anyMatch(own -> own != diverged.digest());
    return differs ? Optional.of(text(diverged)) : Optional.empty();
  }

  private static String text(Diverged diverged) {
    return """
    this replica has diverged: a majority of the group has another %s after entry %d. Its state \
    machine is not deterministic, or other than theirs without another version, or memory or \
    disk are damaged. Restart the node: it goes on from its last snapshot and is compared \
    again; if that one is wrong, too, remove the replica from the group and let it join anew \
    with an empty directory\
    """
        .formatted(diverged.isState() ? "state" : "history of replies", diverged.index());
  }

  private DigestsAre after(long index, long digest) {
    return new DigestsAre(
        setup.founded().incarnation(),
        setup.self(),
        state.digests().version(),
        index,
        digest,
        newest.index(),
        newest.digest());
  }

  private void look(long index) {
    Object value;
    try {
      value = state.machineState();
    } catch (RuntimeException e) {
      return; // the next snapshot will say so
    }
    isLooking = true;
    Consumer<ApplierTask> reply = applier::tell;
    try {
      setup.blocking().execute(() -> reply.accept(digested(index, value)));
    } catch (RejectedExecutionException e) {
      isLooking = false;
    }
  }

  private static ApplierTask digested(long index, Object value) {
    try {
      return new ApplierTask.StateDigested(index, Optional.of(Fingerprint.of(value)));
    } catch (RuntimeException e) {
      return new ApplierTask.StateDigested(index, Optional.empty());
    }
  }
}
