package dev.synod.samples.node;

import dev.synod.actors.AppliedCommand;
import dev.synod.actors.From;
import dev.synod.samples.api.CounterChange;
import dev.synod.samples.api.Json;
import dev.synod.samples.counter.Counter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.pf.PFBuilder;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * The counter's changes as a stream over HTTP: one JSON object a line, and an empty line as a sign
 * of life. Should it end for good, the last line is {@code {"end": "why"}}.
 */
final class Changes {

  /** Streams open on this node at once. */
  static final int STREAMS_MAX = 64;

  /** How often there is a line, at least. */
  private static final Duration ALIVE = Duration.ofSeconds(5);

  private static final String NOTHING = "";

  private final Replicated<Counter.Command, Long> counter;
  private final AtomicInteger streams = new AtomicInteger();

  Changes(Replicated<Counter.Command, Long> counter) {
    this.counter = counter;
  }

  /** One more stream; empty if there are too many. */
  Optional<Source<ByteString, NotUsed>> after(long index) {
    if (streams.incrementAndGet() > STREAMS_MAX) {
      streams.decrementAndGet();
      return Optional.empty();
    }
    var lines =
        counter
            .watch(From.after(index))
            .mapConcat(change -> line(change).stream().toList())
            .recover(new PFBuilder<Throwable, String>().matchAny(Changes::end).build())
            .keepAlive(ALIVE, () -> NOTHING)
            .map(line -> ByteString.fromString(line + "\n"))
            .watchTermination(
                (notUsed, end) -> {
                  end.whenComplete((done, failure) -> streams.decrementAndGet());
                  return NotUsed.getInstance();
                });
    return Optional.of(lines);
  }

  private static Optional<String> line(AppliedCommand<Counter.Command> change) {
    return change.command() instanceof Counter.Add add
        ? Optional.of(Json.write(new CounterChange(change.index(), add.amount())))
        : Optional.empty();
  }

  private static String end(Throwable why) {
    return Json.write(Json.object().put("end", String.valueOf(why.getMessage())));
  }
}
