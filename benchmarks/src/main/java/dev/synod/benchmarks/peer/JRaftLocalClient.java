package dev.synod.benchmarks.peer;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Calls the leader's replica in its own process. */
record JRaftLocalClient(List<JRaft.Running> replicas, JRaft.Running leading) implements Client {

  @Override
  public CompletionStage<?> write(byte[] value) {
    return leading.write(value);
  }

  @Override
  public CompletionStage<?> read(byte[] key, Freshness freshness) {
    return leading.read(key, freshness);
  }

  @Override
  public OptionalInt leader() {
    return OptionalInt.of(replicas.indexOf(leading));
  }

  @Override
  public OptionalLong leadership() {
    return replicas.stream().mapToLong(replica -> replica.machine().term()).max();
  }

  @Override
  public void close() {
    // the replicas are closed by themselves
  }
}
