package dev.synod.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.AppliedCommand;
import dev.synod.actors.CompactedException;
import dev.synod.actors.From;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.pekko.Done;
import org.apache.pekko.japi.pf.PFBuilder;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import scala.PartialFunction;

/** What somebody who watches the scene's group has seen. */
final class Seen {

  private static final PartialFunction<Throwable, CompletableFuture<AppliedCommand<Long>>> FAILED =
      new PFBuilder<Throwable, CompletableFuture<AppliedCommand<Long>>>()
          .matchAny(CompletableFuture::failedFuture)
          .build();

  final List<AppliedCommand<Long>> seen = new ArrayList<>();
  private final CompletableFuture<Done> end;
  private final UniqueKillSwitch stop;

  /** Done while the consumer takes each change as it comes; else it stands still. */
  private CompletableFuture<Done> stands = CompletableFuture.completedFuture(Done.getInstance());

  private Seen(Scene scene, String node, From from) {
    var running =
        scene
            .total
            .on(node)
            .watch(from)
            .viaMat(KillSwitches.single(), Keep.right())
            .map(CompletableFuture::completedFuture)
            .recover(FAILED) // in its turn: mapAsync drops what is in flight when a failure comes
            .mapAsync(1, change -> stands.thenCompose(done -> change))
            .toMat(Sink.foreach(seen::add), Keep.both())
            .run(scene.simulation.materializer(node));
    this.stop = running.first();
    this.end = running.second().toCompletableFuture();
  }

  /** From there on, on that node, taking each change as it comes. */
  static Seen by(Scene scene, String node, From from) {
    return new Seen(scene, node, from);
  }

  /** The consumer takes nothing more. */
  void standStill() {
    stands = new CompletableFuture<>();
  }

  /** It takes each change as it comes, again. */
  void goOn() {
    stands.complete(Done.getInstance());
  }

  void stop() {
    stop.shutdown();
  }

  /** Their indexes so far, in the order in which they came. */
  List<Long> indexes() {
    return seen.stream().map(AppliedCommand::index).toList();
  }

  boolean hasEnded() {
    return end.isDone();
  }

  CompactedException compacted() {
    return (CompactedException) failure();
  }

  Throwable failure() {
    assertThat(end).isCompletedExceptionally();
    var failure = end.handle((done, why) -> why).join();
    return failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
  }
}
