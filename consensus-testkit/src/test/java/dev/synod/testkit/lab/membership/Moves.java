package dev.synod.testkit.lab.membership;

import java.util.ArrayList;
import java.util.List;

/**
 * What can happen next.
 *
 * @param ownTermFirst the rule that Ongaro's message adds: a leader writes an empty entry when it
 *     is elected, and changes the members only once an entry of its own term is committed
 * @param termMax no election beyond
 * @param logMax no entry beyond
 */
record Moves(boolean ownTermFirst, int termMax, int logMax) {

  private static final int MEMBERS_MIN = 3;

  /** A step with its name. */
  record Move(String name, Group after) {}

  List<Move> from(Group group) {
    var moves = new ArrayList<Move>();
    for (int server = 0; server < group.servers().size(); server++) {
      elections(group, server, moves);
      if (group.servers().get(server).leads()) {
        entries(group, server, moves);
        replications(group, server, moves);
      }
    }
    return moves;
  }

  private void elections(Group group, int candidate, List<Move> moves) {
    var log = group.servers().get(candidate).log();
    if (log.isEmpty() || !Item.membersAfter(log).has(candidate)) {
      return;
    }
    var willing = Members.of();
    for (int server = 0; server < group.servers().size(); server++) {
      var voter = group.servers().get(server);
      if (voter.term() < termMax && Item.isUpToDate(log, voter.log())) {
        willing = willing.with(server);
      }
    }
    boolean hasRoom = !ownTermFirst || log.size() < logMax;
    for (Members voters : Item.membersAfter(log).majorities(candidate, willing)) {
      if (hasRoom) {
        moves.add(
            new Move(
                "S%d is elected by %s".formatted(candidate + 1, voters),
                group.elected(candidate, voters, ownTermFirst)));
      }
    }
  }

  private void entries(Group group, int leader, List<Move> moves) {
    var log = group.servers().get(leader).log();
    if (log.size() >= logMax) {
      return;
    }
    var members = Item.membersAfter(log);
    moves.add(
        new Move("S%d writes a command".formatted(leader + 1), group.appended(leader, members)));
    if (!mayChange(group, leader)) {
      return;
    }
    for (int server = 0; server < group.servers().size(); server++) {
      var changed = members.changedBy(server);
      if (changed.size() >= MEMBERS_MIN) {
        moves.add(
            new Move(
                "S%d changes the members to %s".formatted(leader + 1, changed),
                group.appended(leader, changed)));
      }
    }
  }

  /** Thesis §4.1: one change at a time, the next only once the last is committed. */
  private boolean mayChange(Group group, int leader) {
    var server = group.servers().get(leader);
    int change = Item.indexOfChange(server.log());
    boolean lastIsCommitted = Item.isPrefix(server.log().subList(0, change + 1), group.committed());
    boolean ownIsCommitted =
        Item.isPrefix(group.committed(), server.log())
            && group.committed().get(group.committed().size() - 1).term() == server.term();
    return lastIsCommitted && (!ownTermFirst || ownIsCommitted);
  }

  private static void replications(Group group, int leader, List<Move> moves) {
    var from = group.servers().get(leader);
    for (int server = 0; server < group.servers().size(); server++) {
      var to = group.servers().get(server);
      if (server != leader
          && Item.membersAfter(from.log()).has(server)
          && to.term() <= from.term()
          && !to.log().equals(from.log())) {
        moves.add(
            new Move(
                "S%d's log gets to S%d".formatted(leader + 1, server + 1),
                group.replicated(leader, server)));
      }
    }
  }
}
