package dev.synod.guide;

import dev.synod.actors.AppliedCommand;
import dev.synod.actors.CompactedException;
import dev.synod.actors.From;
import dev.synod.actors.GroupRef;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Source;

/** How an application watches a group: what was delivered in all, by article. */
final class Board {

  private final Map<String, Integer> delivered = new TreeMap<>();
  private long seen;

  CompletionStage<Done> follow(GroupRef<Stock.Command, Integer> stock, ActorSystem<?> system) {
    // snippet: watch
    Source<AppliedCommand<Stock.Command>, NotUsed> changes = stock.watch(From.after(seen));

    CompletionStage<Done> ended = changes.runForeach(this::show, system);
    // end snippet
    return ended;
  }

  // snippet: show
  void show(AppliedCommand<Stock.Command> change) {
    if (change.command() instanceof Stock.Deliver it) {
      delivered.merge(it.article(), it.pieces(), Integer::sum);
    }
    seen = change.index(); // kept with the rest: here it goes on after a restart
  }

  // end snippet

  // snippet: lost
  static String describe(Throwable why) {
    var cause = why instanceof CompletionException wrapped ? wrapped.getCause() : why;
    return cause instanceof CompactedException lost
        ? "seen all before %d, and %d is the first still there: count again, and watch from there"
            .formatted(lost.next(), lost.first())
        : "the watch failed: " + cause;
  }

  // end snippet
}
