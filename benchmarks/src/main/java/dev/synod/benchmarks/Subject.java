package dev.synod.benchmarks;

import dev.synod.benchmarks.peer.Freshness;
import java.io.IOException;
import java.util.concurrent.CompletionStage;

/** A running system under measurement. */
interface Subject extends AutoCloseable {

  String system();

  String layout();

  int replicas();

  int groups();

  CompletionStage<?> write(byte[] value);

  CompletionStage<?> read(byte[] key, Freshness freshness);

  /** What all processes that take part have used so far, the client's included. */
  Usage usage();

  @Override
  void close() throws IOException;
}
