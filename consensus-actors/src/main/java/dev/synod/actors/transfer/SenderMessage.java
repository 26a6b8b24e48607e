package dev.synod.actors.transfer;

import dev.synod.core.Bytes;

/** What a snapshot sender understands: the receiver's replies, and what it tells itself. */
interface SenderMessage {

  /** Time to see whether anything has moved. */
  enum Tick implements SenderMessage {
    INSTANCE
  }

  /** The file is open, intact, and its checksum known. */
  record Opened(OutgoingSnapshot file) implements SenderMessage {}

  /**
   * Bytes were read from the file.
   *
   * @param round the sender's, so that what was read before it went back is dropped
   */
  record Read(long round, long offset, int crc, Bytes bytes) implements SenderMessage {}

  /** The file can't be read, or there is none. */
  record Unreadable(String reason) implements SenderMessage {}
}
