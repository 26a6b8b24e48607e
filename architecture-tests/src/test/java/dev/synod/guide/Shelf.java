package dev.synod.guide;

import dev.synod.actors.Consensus;
import dev.synod.actors.GroupRef;
import dev.synod.actors.Members;
import dev.synod.actors.Protocol;
import dev.synod.core.NodeAddress;
import dev.synod.crdt.BoundedCounter;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.PnCounter;
import dev.synod.crdt.actor.ReplicatedValues;
import dev.synod.crdt.ladder.ConsistencyMode;
import dev.synod.crdt.ladder.Ladder;
import dev.synod.crdt.ladder.LadderEntity;
import dev.synod.crdt.ladder.LadderFamily;
import dev.synod.crdt.ladder.LadderOutcome;
import dev.synod.crdt.ladder.LadderRead;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.wire.PlainCodecs;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;

/** Articles that people like, and pieces that are left of them. */
final class Shelf {

  // snippet: families
  record Like(long more) {}

  record Sell(long pieces) {}

  static final LadderFamily<PnCounter, Like> LIKES =
      LadderFamily.of(
          new Family<>("like/", PlainCodecs.pnCounter(), PnCounter.ZERO),
          Like.class,
          (counter, by, like) -> counter.add(by, like.more()));

  static final LadderFamily<BoundedCounter, Sell> STOCK =
      LadderFamily.bounded(
          new Family<>("stock/", PlainCodecs.boundedCounter(), BoundedCounter.atLeast(0)),
          Sell.class,
          sell -> -sell.pieces());

  // end snippet

  private final Ladder ladder;

  Shelf(ActorSystem<?> system, Protocol protocol, Members members) {
    // snippet: start
    List<LadderFamily<?, ?>> families = List.of(LIKES, STOCK);
    List<String> addresses = members.nodes().stream().map(NodeAddress::address).toList();

    ReplicatedValues data =
        ReplicatedValues.start(system, "shop", addresses, List.of(LIKES.values(), STOCK.values()));
    GroupRef<LadderCommand, LadderReply> group =
        Consensus.get(system).start(Ladder.group("shelf", families).using(protocol).on(members));
    Ladder ladder = Ladder.start(system, "shop", data, group, families);
    // end snippet
    this.ladder = ladder;
  }

  // snippet: use
  CompletionStage<LadderRead<PnCounter>> like(String article, CausalToken session) {
    LadderEntity<PnCounter, Like> likes = ladder.entity(LIKES, "like/" + article);
    return likes
        .update(new Like(1), session)
        .thenCompose(
            outcome ->
                outcome instanceof LadderOutcome.Done done
                    ? likes.read(done.token()) // sees the like, on whichever node it is read
                    : likes.read(session));
  }

  // end snippet

  // snippet: move
  CompletionStage<LadderOutcome> beginSale(String article) {
    return ladder.entity(STOCK, "stock/" + article).moveTo(ConsistencyMode.BOUNDED);
  }

  CompletionStage<LadderOutcome> countAndClose(String article) {
    return ladder.entity(STOCK, "stock/" + article).moveTo(ConsistencyMode.LINEARIZABLE);
  }
  // end snippet
}
