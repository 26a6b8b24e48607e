package dev.synod.benchmarks;

import java.util.concurrent.CompletionStage;

/** A running system under measurement. */
interface Subject extends AutoCloseable {

  String system();

  String layout();

  CompletionStage<?> write(byte[] value);

  CompletionStage<?> read(byte[] key);

  /**
   * CPU time used so far by all processes that take part, the client's included, in nanoseconds.
   */
  long cpuNanos();

  @Override
  void close();
}
