package dev.synod.crdt.ladder.rules;

import dev.synod.crdt.BoundedCounter;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.ladder.ConsistencyMode;
import dev.synod.crdt.ladder.LadderFamily;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderCommand.Back;
import dev.synod.crdt.ladder.protocol.LadderCommand.Evict;
import dev.synod.crdt.ladder.protocol.LadderCommand.Grant;
import dev.synod.crdt.ladder.protocol.LadderCommand.Hello;
import dev.synod.crdt.ladder.protocol.LadderCommand.Joined;
import dev.synod.crdt.ladder.protocol.LadderCommand.Keyed;
import dev.synod.crdt.ladder.protocol.LadderCommand.Look;
import dev.synod.crdt.ladder.protocol.LadderCommand.Move;
import dev.synod.crdt.ladder.protocol.LadderCommand.Operate;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.ladder.protocol.LadderReply.Evicted;
import dev.synod.crdt.ladder.protocol.LadderReply.Granted;
import dev.synod.crdt.ladder.protocol.LadderReply.Operated;
import dev.synod.crdt.ladder.protocol.LadderReply.Refused;
import dev.synod.crdt.ladder.protocol.LadderReply.Seen;
import dev.synod.crdt.ladder.protocol.LadderReply.Stands;
import dev.synod.crdt.ladder.protocol.LadderSnapshot.Kept;
import dev.synod.crdt.ladder.protocol.LadderSnapshot.Rows;
import dev.synod.crdt.ladder.protocol.Reason;
import dev.synod.crdt.ladder.protocol.Rung;
import dev.synod.crdt.lattice.PersistentMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A ladder's group: the modes of all entities, the values of those that are linearizable, and the
 * rights of those that are bounded. Immutable and deterministic: each command gives the next one
 * and a reply.
 *
 * @param self under which the group changes values; no node's replica ever has this id
 * @param holdings what it knows of values, by key
 */
public record LadderState(
    LadderFamilies families,
    ReplicaId self,
    Rungs rungs,
    PersistentMap<String, Holding<?, ?>> holdings) {

  /** The id of groups; no replica draws it. */
  public static final ReplicaId GROUP = new ReplicaId(Integer.MAX_VALUE);

  /**
   * A command was applied.
   *
   * @param reply for whoever sent it
   */
  public record Applied(LadderState after, LadderReply reply) {}

  /** A group that knows of nobody and of nothing. */
  public static LadderState of(LadderFamilies families) {
    return new LadderState(families, GROUP, Rungs.NONE, PersistentMap.empty());
  }

  private LadderState with(Rungs changed) {
    return new LadderState(families, self, changed, holdings);
  }

  private LadderState with(String key, Holding<?, ?> changed) {
    return new LadderState(families, self, rungs, holdings.with(key, changed));
  }

  private Applied and(LadderReply reply) {
    return new Applied(this, reply);
  }

  private Applied refuse(Reason reason, String text) {
    return and(new Refused(reason, text));
  }

  /** The group's value of that key; the family's empty one if it has none. */
  private Holding<?, ?> holding(String key, LadderFamily<?, ?> family) {
    var known = holdings.get(key);
    return known == null ? Holding.first(family) : known;
  }

  /**
   * Applies a command.
   *
   * @param index of the command in the group's log
   * @throws IllegalArgumentException if a value in it can't be read: nothing has changed then
   */
  public Applied apply(LadderCommand command, long index) {
    if (command instanceof Hello hello) {
      var after = released(rungs.after(hello, index));
      return after.and(after.rungs.toWelcome());
    } else if (command instanceof Evict evict) {
      return released(rungs.after(evict, index)).and(new Evicted());
    } else if (command instanceof Keyed keyed) {
      var family = families.of(keyed.key());
      return family.isEmpty()
          ? refuse(Reason.NOT_ALLOWED, "the key belongs to no family: " + keyed.key())
          : apply(keyed, family.get(), index);
    }
    return and(query(command));
  }

  private Applied apply(Keyed command, LadderFamily<?, ?> family, long index) {
    var holding = holding(command.key(), family);
    if (command instanceof Move move) {
      return move(move, family, index);
    } else if (command instanceof Joined joined) {
      return joined(joined, holding, index);
    } else if (command instanceof Operate operate) {
      return operate(operate, holding);
    } else if (command instanceof Grant grant) {
      return grant(grant, holding);
    } else if (command instanceof Back back) {
      return back(back, holding);
    }
    return and(query(command));
  }

  private Applied move(Move move, LadderFamily<?, ?> family, long index) {
    if (move.to() == ConsistencyMode.BOUNDED && !family.hasRights()) {
      return refuse(Reason.NOT_ALLOWED, "only a bounded counter can be BOUNDED");
    }
    var objection = rungs.objectionTo(move);
    if (objection.isPresent()) {
      return refuse(Reason.MOVING, objection.get());
    }
    var after = with(rungs.after(move, index));
    return after.and(new Stands(after.rungs.of(move.key())));
  }

  /** Values of members that are waited for, and of others, late, so that nothing is lost. */
  private Applied joined(Joined joined, Holding<?, ?> holding, long index) {
    if (!rungs.isCurrent(joined)) {
      return refuse(Reason.MOVING, "the fence %d is over".formatted(joined.fence()));
    }
    var after = with(joined.key(), holding.merge(joined.value())).with(rungs.after(joined, index));
    var rung = after.rungs.of(joined.key());
    return (rung.isMoving() ? after : after.takingRights(joined.key())).and(new Stands(rung));
  }

  /** A node that all waited for last is not waited for any more: rights are taken now. */
  private LadderState released(Rungs after) {
    var then = with(after);
    for (String key : rungs.byKey().keys()) {
      then = rungs.of(key).isMoving() ? then.takingRights(key) : then;
    }
    return then;
  }

  /** Takes the rights of all replicas that have stopped for that entity. */
  private LadderState takingRights(String key) {
    var holding = holdings.get(key);
    var rung = rungs.of(key);
    return holding == null || rung.isMoving() || !rung.mode().needsGroup()
        ? this
        : with(key, holding.withCounter(counter -> Escrow.taken(counter, rung.joined(), self)));
  }

  private Applied operate(Operate operate, Holding<?, ?> holding) {
    var rung = rungs.of(operate.key());
    if (!rung.isIn(ConsistencyMode.LINEARIZABLE)) {
      return refuse(Reason.MOVING, standing(rung));
    } else if (!holding.knows(operate)) {
      var type = operate.operation().getClass().getName();
      return refuse(Reason.NOT_ALLOWED, "no operation of this family: " + type);
    }
    var after = holding.after(operate, self);
    if (after.isEmpty()) {
      return holding.needs(operate) > 0
          ? refuse(Reason.NO_RIGHTS, rights(holding))
          : refuse(Reason.NOT_ALLOWED, "it can't be done on the value as it is");
    }
    return with(operate.key(), after.get()).and(new Operated(after.get().token()));
  }

  private static String standing(Rung rung) {
    return rung.isMoving()
        ? "it moves to %s and waits for %s".formatted(rung.mode(), rung.waiting())
        : "it is %s by now".formatted(rung.mode());
  }

  private String rights(Holding<?, ?> holding) {
    var counter = holding.counter();
    return counter.isEmpty()
        ? "the group has no rights"
        : "the group has %d of the %d that are above the minimum as far as it knows"
            .formatted(
                counter.get().rightsOf(self), counter.get().value() - counter.get().minimum());
  }

  private Applied grant(Grant grant, Holding<?, ?> holding) {
    var rung = rungs.of(grant.key());
    if (!rung.isIn(ConsistencyMode.BOUNDED)) {
      return refuse(Reason.MOVING, standing(rung));
    } else if (!rungs.members().containsValue(grant.to())) {
      return refuse(Reason.STARTING, grant.to() + " is no member's replica");
    }
    Optional<BoundedCounter> counter =
        holding.counter().flatMap(it -> Escrow.granted(it, self, grant, rungs.members().size()));
    if (counter.isEmpty()) {
      return refuse(Reason.NO_RIGHTS, rights(holding));
    }
    var after = holding.withCounter(it -> counter.get());
    return with(grant.key(), after).and(new Granted(after.encoded()));
  }

  private Applied back(Back back, Holding<?, ?> holding) {
    var rung = rungs.of(back.key());
    return rung.isIn(ConsistencyMode.BOUNDED)
        ? with(back.key(), holding.merge(back.value())).and(new Stands(rung))
        : refuse(Reason.MOVING, standing(rung));
  }

  /** Answers without changing anything. */
  public LadderReply query(LadderCommand query) {
    if (!(query instanceof Look look)) {
      return rungs.toWelcome();
    }
    var family = families.of(look.key());
    if (family.isEmpty()) {
      return new Refused(Reason.NOT_ALLOWED, "the key belongs to no family: " + look.key());
    }
    var holding = holding(look.key(), family.get());
    return new Seen(rungs.of(look.key()), holding.encoded(), holding.token());
  }

  /** The state, laid out, to be kept. */
  public Rows rows() {
    var values = new TreeMap<String, Kept>();
    holdings.forEach(
        (key, holding) -> values.put(key, new Kept(holding.encoded(), holding.token())));
    return new Rows(rungs.toWelcome(), values);
  }

  /**
   * As it was kept.
   *
   * @throws IllegalArgumentException if a value in it is of no family, or can't be read
   */
  public LadderState restored(Rows rows) {
    var then = PersistentMap.<String, Holding<?, ?>>empty();
    for (var row : rows.values().entrySet()) {
      var family =
          families
              .of(row.getKey())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException("a key of no family was kept: " + row.getKey()));
      then = then.with(row.getKey(), Holding.of(family, row.getValue()));
    }
    return new LadderState(families, self, Rungs.of(rows.table()), then);
  }
}
