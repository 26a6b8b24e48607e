package dev.synod.samples.modes;

import dev.synod.crdt.BoundedCounter;
import dev.synod.crdt.GSet;
import dev.synod.crdt.ladder.LadderFamily;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.wire.PlainCodecs;

/** What moves up the ladder: a counter that is never below 0, and a chat room. */
final class Entities {

  /** Adds so much, or subtracts if negative. */
  record Add(long amount) {}

  /**
   * Says something.
   *
   * @param site the number of the node at which it is said
   */
  record Say(int site, String author, String text) {}

  static final LadderFamily<BoundedCounter, Add> STOCKS =
      LadderFamily.bounded(
          new Family<>("stock/", PlainCodecs.boundedCounter(), BoundedCounter.atLeast(0)),
          Add.class,
          Add::amount);

  static final LadderFamily<GSet<Line>, Say> ROOMS =
      LadderFamily.of(
          Room.ROOMS,
          Say.class,
          (room, by, say) ->
              room.add(new Line(Room.nextId(room, say.site(), 3), 0, say.author(), say.text())));

  private Entities() {}
}
