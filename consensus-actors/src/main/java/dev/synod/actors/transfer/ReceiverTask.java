package dev.synod.actors.transfer;

import dev.synod.log.snapshot.SnapshotWriter;

/** What a snapshot receiver tells itself, mostly from the executor that writes its files. */
sealed interface ReceiverTask extends SnapshotMessage {

  /** Time to give up what has been silent. */
  enum Tick implements ReceiverTask {
    INSTANCE
  }

  /** The file is there and empty. */
  record Begun(long transfer, SnapshotWriter file) implements ReceiverTask {}

  /** All bytes below the offset are in the file. */
  record Wrote(long transfer, long offset) implements ReceiverTask {}

  /** The snapshot is whole, as offered, and durable. */
  record Finished(long transfer) implements ReceiverTask {}

  /** It can't be written, or is not what was offered. */
  record Failed(long transfer, String reason) implements ReceiverTask {}

  /** The part of a given up transfer is deleted. */
  record Dropped(long transfer) implements ReceiverTask {}
}
