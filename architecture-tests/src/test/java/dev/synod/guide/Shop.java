package dev.synod.guide;

import dev.synod.actors.Consensus;
import dev.synod.actors.Group;
import dev.synod.actors.GroupRef;
import dev.synod.actors.Members;
import dev.synod.actors.Protocol;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.persistence.PersistentStorage;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;

/** How an application starts a group and talks to it. */
final class Shop {

  private Shop() {}

  static GroupRef<Stock.Command, Integer> start(ActorSystem<?> system, Protocol protocol) {
    // snippet: start
    Members members =
        Members.parse(
            "n1=pekko://shop@10.0.0.7:7355,"
                + "n2=pekko://shop@10.0.0.8:7355,"
                + "n3=pekko://shop@10.0.0.9:7355");

    GroupRef<Stock.Command, Integer> stock =
        Consensus.get(system).start(Group.of("stock", Stock::new).using(protocol).on(members));
    // end snippet
    return stock;
  }

  static GroupRef<Stock.Command, Integer> cache(
      ActorSystem<?> system, Protocol protocol, Members members) {
    // snippet: memory
    GroupRef<Stock.Command, Integer> cache =
        Consensus.get(system)
            .start(Group.of("stock-cache", Stock::new).using(protocol).inMemory().on(members));
    // end snippet
    return cache;
  }

  static GroupRef<Stock.Command, Integer> inAJournal(
      ActorSystem<?> system, Protocol protocol, Members members) {
    // snippet: journal
    GroupRef<Stock.Command, Integer> stock =
        Consensus.get(system)
            .start(
                Group.of("stock", Stock::new)
                    .using(protocol)
                    .keptIn(PersistentStorage.configured())
                    .on(members));
    // end snippet
    return stock;
  }

  static CompletionStage<Integer> use(GroupRef<Stock.Command, Integer> stock) {
    // snippet: use
    CompletionStage<Integer> delivered = stock.ask(new Stock.Deliver("screws", 100));

    CompletionStage<Integer> counted =
        delivered.thenCompose(now -> stock.read(new Stock.Count("screws"), Read.linearizable()));
    // end snippet
    return counted;
  }

  static CompletionStage<String> outcomes(GroupRef<Stock.Command, Integer> stock) {
    // snippet: outcomes
    CompletionStage<Outcome<Integer>> delivery = stock.propose(new Stock.Deliver("screws", 100));

    CompletionStage<String> text = delivery.thenApply(Shop::describe);
    // end snippet
    return text;
  }

  // snippet: describe
  static String describe(Outcome<Integer> delivery) {
    if (delivery instanceof Outcome.Ok<Integer> ok) {
      return "we now have " + ok.reply();
    }
    if (delivery instanceof Outcome.Rejected<Integer> rejected) {
      return "nothing was delivered, " + rejected.text();
    }
    return "nobody knows yet: count before you deliver again";
  }

  // end snippet
}
