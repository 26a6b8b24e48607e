package dev.synod.actors.channel;

import dev.synod.actors.meters.ChannelMeters;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What a node's channels did, and a way to wait for it. */
final class CountedChannels implements ChannelMeters {

  private static final int EVENTS_MAX = 10_000;

  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger dropped = new AtomicInteger();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>(EVENTS_MAX);

  @Override
  public void opened() {
    open.incrementAndGet();
    events.add("opened");
  }

  @Override
  public void closed() {
    open.decrementAndGet();
    events.add("closed");
  }

  @Override
  public void dropped() {
    dropped.incrementAndGet();
  }

  int open() {
    return open.get();
  }

  int drops() {
    return dropped.get();
  }

  /** The next opening or closing; fails if none comes for long. */
  String next() {
    try {
      var event = events.poll(30, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("no channel opened or closed");
      }
      return event;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
