package dev.synod.actors.replica;

import dev.synod.actors.message.NodeMessage.Founded;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ApplierMessage.SnapshotFailed;
import dev.synod.actors.replica.ApplierMessage.SnapshotTaken;
import dev.synod.actors.wire.StateSerializers;
import dev.synod.core.LogPosition;
import dev.synod.log.snapshot.Snapshots;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.serialization.Serialization;
import org.slf4j.Logger;

/**
 * An applier's snapshots: taken one at a time from an immutable state, encoded and written on the
 * blocking executor while commands go on being applied; read there too. What comes of it reaches
 * the applier as a message.
 */
final class SnapshotKeeper<C, R, S> {

  private final ActorRef<ApplierMessage> applier;
  private final Logger log;
  private final ReplicatedState<C, R, S> state;
  private final ActorRef<ReplicaMessage> replica;
  private final Snapshots store;
  private final SnapshotBody body;
  private final StateSerializers allowed;
  private final Executor blocking;
  private final Founded founded;
  private final int chunkBytes;

  private boolean writing;
  private Optional<SnapshotTaken> newest = Optional.empty();

  SnapshotKeeper(
      ActorContext<ApplierMessage> context,
      ApplierSetup<C, R, S> setup,
      Serialization serialization,
      ReplicatedState<C, R, S> state,
      ActorRef<ReplicaMessage> replica) {
    this.applier = context.getSelf();
    this.log = context.getLog();
    this.state = state;
    this.replica = replica;
    this.store = setup.snapshots();
    this.body = new SnapshotBody(serialization);
    this.allowed = new StateSerializers(serialization);
    this.blocking = setup.blocking();
    this.founded = setup.founded();
    this.chunkBytes = setup.settings().snapshotChunkBytes();
  }

  /** Says early what would keep every snapshot from being written. */
  void warnEarly() {
    try {
      allowed
          .objectionTo(state.machineState())
          .ifPresent(objection -> log.error("no snapshots can be taken: {}", objection));
    } catch (RuntimeException e) {
      log.error("no snapshots can be taken: the state machine throws at snapshot()", e);
    }
  }

  /**
   * Takes a snapshot of the state as it is, unless one is being written: then that one's end
   * answers this too.
   */
  void take() {
    if (writing) {
      return;
    }
    var last = newest.filter(taken -> taken.position().equals(state.applied()));
    if (last.isPresent()) {
      replica.tell(last.get());
      return;
    }
    try {
      begin(state.capture());
    } catch (RuntimeException e) {
      replica.tell(new SnapshotFailed("the state machine threw at snapshot(): " + e));
    }
  }

  /** Writes the state as it is into a file of its own; whoever asked hears of its end. */
  void backUp(BackUp wanted) {
    if (!wanted.begins()) {
      return;
    }
    try {
      var content = state.capture();
      var objection = objectionTo(content);
      if (content instanceof StatelessContent || objection.isPresent()) {
        wanted.failed(objection.orElse(ReplicatedState.NO_STATE));
        return;
      }
      blocking.execute(() -> wanted.write(content, founded, body, chunkBytes));
    } catch (RuntimeException e) {
      wanted.failed("no backup could be begun: " + e);
    }
  }

  void written(ApplierTask.Written written) {
    writing = false;
    var taken = new SnapshotTaken(written.position(), written.bytes());
    newest = Optional.of(taken);
    replica.tell(taken);
  }

  void notWritten(String reason) {
    writing = false;
    log.warn("no snapshot was written: {}", reason);
    replica.tell(new SnapshotFailed(reason));
  }

  /**
   * Reads the newest snapshot, if it is newer than the state; ends in {@code Loaded} or {@code
   * NotLoaded}.
   */
  void load() {
    long applied = state.applied().index();
    elsewhere(
        () -> new ApplierTask.Loaded(read(applied)),
        e -> new ApplierTask.NotLoaded("no snapshot can be restored: " + e));
  }

  /** Puts what was read in place of the state. */
  void restore(Captured content) {
    if (content instanceof StatelessContent stateless) {
      state.restore(stateless);
      return;
    }
    @SuppressWarnings(
        "unchecked") // written by the same kind of machine; else its own cast refuses it
    var own = (SnapshotContent<S>) content;
    state.restore(own);
  }

  private void begin(Captured content) {
    var objection = objectionTo(content);
    if (objection.isPresent()) {
      notWritten(objection.get());
    } else {
      writing = true;
      elsewhere(
          () -> write(content), e -> new ApplierTask.NotWritten("can't write a snapshot: " + e));
    }
  }

  private Optional<String> objectionTo(Captured content) {
    if (content.position().index() == 0) {
      return Optional.of("nothing was applied yet");
    }
    return content instanceof SnapshotContent<?> whole
        ? allowed.objectionTo(whole.state())
        : Optional.empty();
  }

  private ApplierTask write(Captured content) throws IOException {
    try (var writer = store.begin(content.position(), content.configuration().encode())) {
      body.write(content, new ChunkedOutput(chunkBytes, writer::append));
      var written = writer.commit();
      return new ApplierTask.Written(written.position(), written.size());
    }
  }

  private Optional<Captured> read(long applied) throws IOException {
    var found = store.newest(LogPosition.ZERO, damage -> log.error("{}", damage.message()));
    if (found.isEmpty() || found.get().position().index() <= applied) {
      return Optional.empty();
    }
    try (var reader = store.open(found.get())) {
      var content = body.read(new ChunkedInput(chunkBytes, found.get().size(), reader::read));
      return Optional.of(content);
    }
  }

  /** Does that on the blocking executor; the applier hears of its end, whatever it is. */
  private void elsewhere(Callable<ApplierTask> task, Function<Throwable, ApplierTask> failed) {
    try {
      blocking.execute(() -> run(task, failed));
    } catch (RejectedExecutionException e) {
      applier.tell(failed.apply(e));
    }
  }

  private void run(Callable<ApplierTask> task, Function<Throwable, ApplierTask> failed) {
    try {
      applier.tell(task.call());
    } catch (Exception e) {
      applier.tell(failed.apply(e));
    } catch (Error e) {
      applier.tell(failed.apply(e));
      throw e;
    }
  }
}
