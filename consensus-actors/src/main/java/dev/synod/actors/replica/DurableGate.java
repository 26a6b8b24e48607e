package dev.synod.actors.replica;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Effects that wait for a write to become durable, first in, first out. Not a pause: the replica
 * goes on handling messages meanwhile.
 *
 * @param <E> what waits
 */
public final class DurableGate<E> {

  private record Waiting<E>(long ticket, E effect) {}

  private int sizeMax;
  private final ArrayDeque<Waiting<E>> waiting = new ArrayDeque<>();

  /**
   * @param sizeMax above which {@link #isFull}: the owner then drops what peers send, and they send
   *     it again
   */
  public DurableGate(int sizeMax) {
    this.sizeMax = sizeMax;
  }

  /** Another bound from now on. */
  public void bound(int effectsMax) {
    sizeMax = effectsMax;
  }

  /** Lets the effect through once the write with that ticket is durable. */
  public void add(long ticket, E effect) {
    waiting.add(new Waiting<>(ticket, effect));
  }

  /** Runs, in order, all effects that wait for that ticket or an earlier one. They may add more. */
  public void release(long durableTicket, Consumer<E> run) {
    while (!waiting.isEmpty() && waiting.peek().ticket <= durableTicket) {
      run.accept(waiting.remove().effect);
    }
  }

  public int size() {
    return waiting.size();
  }

  public boolean isEmpty() {
    return waiting.isEmpty();
  }

  public boolean isFull() {
    return waiting.size() >= sizeMax;
  }
}
