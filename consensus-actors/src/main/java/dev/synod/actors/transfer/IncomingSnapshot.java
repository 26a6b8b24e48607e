package dev.synod.actors.transfer;

import dev.synod.actors.transfer.ReceiverTask.Begun;
import dev.synod.actors.transfer.ReceiverTask.Dropped;
import dev.synod.actors.transfer.ReceiverTask.Failed;
import dev.synod.actors.transfer.ReceiverTask.Finished;
import dev.synod.actors.transfer.ReceiverTask.Wrote;
import dev.synod.actors.transfer.SnapshotMessage.Chunk;
import dev.synod.actors.transfer.SnapshotMessage.Hosted;
import dev.synod.actors.transfer.SnapshotMessage.Offer;
import dev.synod.core.Bytes;
import dev.synod.log.snapshot.SnapshotWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One snapshot on its way in: which bytes are there, and the file they go to. The file is touched
 * by one task at a time, on the blocking executor; the rest belongs to the receiver's actor.
 */
final class IncomingSnapshot {

  private static final int ABANDONED_AFTER = 3;

  private final long transfer;
  private final Hosted hosted;
  private final int chunksWaitingMax;
  private final Consumer<Callable<ReceiverTask>> elsewhere;
  private final List<Bytes> waiting = new ArrayList<>();
  private final CRC32C crc = new CRC32C();

  private Offer offer;
  private @Nullable SnapshotWriter file;
  private long accepted;
  private boolean busy;
  private boolean givenUp;
  private boolean heard = true;
  private int silences;

  /**
   * @param elsewhere runs a task on the blocking executor and tells the receiver what came of it
   */
  IncomingSnapshot(
      long transfer,
      Offer offer,
      Hosted hosted,
      int chunksWaitingMax,
      Consumer<Callable<ReceiverTask>> elsewhere) {
    this.transfer = transfer;
    this.offer = offer;
    this.hosted = hosted;
    this.chunksWaitingMax = chunksWaitingMax;
    this.elsewhere = elsewhere;
    run(
        () ->
            new Begun(
                transfer,
                hosted.snapshots().begin(offer.position(), offer.configuration().encode())));
  }

  long transfer() {
    return transfer;
  }

  Offer offer() {
    return offer;
  }

  Hosted hosted() {
    return hosted;
  }

  /** Where the next chunk must begin. */
  long accepted() {
    return accepted;
  }

  boolean isBegun() {
    return file != null;
  }

  boolean isGivenUp() {
    return givenUp;
  }

  /** The same snapshot was offered again, perhaps by a later leader. */
  void offeredAgain(Offer again) {
    offer = again;
    heard = true;
  }

  /**
   * Notes whether anything was heard since the last call.
   *
   * @return how often in a row nothing was
   */
  int countSilences() {
    silences = heard ? 0 : silences + 1;
    heard = false;
    return silences;
  }

  /** Whether its sender has missed several of the times at which it would have offered again. */
  boolean isAbandoned() {
    return silences >= ABANDONED_AFTER;
  }

  void begun(SnapshotWriter begun) {
    busy = false;
    file = begun;
    next();
  }

  /** False if the chunk can't be taken: damaged, out of order, too long, or too many wait. */
  boolean take(Chunk chunk) {
    heard = true;
    var sum = new CRC32C();
    chunk.bytes().addTo(sum);
    boolean fits =
        (int) sum.getValue() == chunk.crc()
            && chunk.offset() == accepted
            && chunk.bytes().length() > 0
            && chunk.bytes().length() <= offer.bytes() - accepted
            && waiting.size() < chunksWaitingMax;
    if (fits) {
      accepted += chunk.bytes().length();
      waiting.add(chunk.bytes());
      next();
    }
    return fits;
  }

  void wrote() {
    busy = false;
    next();
  }

  /** Nothing more is taken; the part is deleted as soon as no task touches it. */
  void giveUp() {
    givenUp = true;
    next();
  }

  /** The last task is over without a result. */
  void failed() {
    busy = false;
    giveUp();
  }

  private void next() {
    var open = file;
    if (busy) {
      return;
    }
    if (givenUp) {
      run(() -> drop(open));
    } else if (open != null && !waiting.isEmpty()) {
      var chunks = List.copyOf(waiting);
      waiting.clear();
      long upTo = accepted;
      run(() -> write(open, chunks, upTo));
    } else if (open != null && accepted == offer.bytes()) {
      run(() -> finish(open));
    }
  }

  private void run(Callable<ReceiverTask> task) {
    busy = true;
    elsewhere.accept(task);
  }

  private ReceiverTask drop(@Nullable SnapshotWriter open) {
    if (open != null) {
      open.abort();
    }
    return new Dropped(transfer);
  }

  private ReceiverTask write(SnapshotWriter open, List<Bytes> chunks, long upTo) {
    for (Bytes chunk : chunks) {
      open.append(chunk);
      chunk.addTo(crc);
    }
    return new Wrote(transfer, upTo);
  }

  private ReceiverTask finish(SnapshotWriter open) {
    if ((int) crc.getValue() != offer.crc()) {
      return new Failed(transfer, "what arrived is not what was offered");
    }
    open.commit();
    return new Finished(transfer);
  }
}
