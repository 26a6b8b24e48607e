package dev.synod.benchmarks.crdt;

import java.util.concurrent.CompletionStage;

/** One node of a system of replicated data: counters and sets of text, by key. */
interface DataNode extends AutoCloseable {

  /** Adds one to a counter, here. */
  CompletionStage<?> count(String key);

  /** What the counter is here. */
  CompletionStage<Long> counter(String key);

  /** Runs whenever the counter has changed here. */
  void onChange(String key, Runnable changed);

  /** Adds elements with these numbers to a set, here. */
  CompletionStage<?> add(String key, int from, int to);

  /** Removes all that is at the set's key, and the key itself if there is a way to do that. */
  CompletionStage<?> remove(String key);

  /** How many elements the set has here. */
  CompletionStage<Integer> size(String key);

  /** How many keys there are here. */
  CompletionStage<Integer> keys();

  @Override
  void close();
}
