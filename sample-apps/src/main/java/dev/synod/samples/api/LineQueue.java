package dev.synod.samples.api;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The lines of an answer as they arrive, for a reader that gives up after a silence. */
final class LineQueue implements Flow.Subscriber<String> {

  /** Asked for at once, so that a reader that is slow slows the sender, and not this process. */
  private static final int AHEAD_MAX = 64;

  /** Room for them and for the end. */
  private final BlockingQueue<Optional<String>> lines = new ArrayBlockingQueue<>(AHEAD_MAX + 1);

  private volatile Flow.@Nullable Subscription subscription;

  /** The next line; empty if there is none any more, or none within that time. */
  Optional<String> next(Duration patience) {
    try {
      var line = lines.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
      var source = subscription;
      if (line == null || line.isEmpty() || source == null) {
        cancel();
        return Optional.empty();
      }
      source.request(1);
      return line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancel();
      return Optional.empty();
    }
  }

  void cancel() {
    var source = subscription;
    if (source != null) {
      source.cancel();
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription source) {
    subscription = source;
    source.request(AHEAD_MAX);
  }

  @Override
  public void onNext(String line) {
    lines.add(Optional.of(line));
  }

  @Override
  public void onError(Throwable failure) {
    lines.add(Optional.empty());
  }

  @Override
  public void onComplete() {
    lines.add(Optional.empty());
  }
}
