package dev.synod.benchmarks.peer;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Asks a running system. Many requests may be under way at a time. */
public interface Client extends AutoCloseable {

  /** Replaces the register that the first four bytes name; done once a quorum has it on disk. */
  CompletionStage<?> write(byte[] value);

  /** Reads the register that the first four bytes name. */
  CompletionStage<?> read(byte[] key, Freshness freshness);

  /** The replica that leads (the first group), counted from 0; empty if none is known now. */
  OptionalInt leader() throws Exception;

  /**
   * The number of the present leadership (of all groups, summed): it grows with each election.
   * Empty if the system does not tell.
   */
  OptionalLong leadership() throws Exception;

  @Override
  void close() throws IOException;
}
