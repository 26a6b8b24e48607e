package dev.synod.testkit.lab.membership;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * All servers at one moment, and what has been committed so far, which no server sees whole.
 *
 * @param committed the longest log that some leader has known to be committed
 * @param contradicted whether a leader committed something else in its place: then replicas have
 *     applied different things, which Raft promises never to happen (§5.4.3)
 */
record Group(List<Server> servers, List<Item> committed, boolean contradicted) {

  /** One server. */
  record Server(int term, boolean leads, List<Item> log) {}

  /** A group of S1 to S4, and so many more servers which are new and empty. */
  static Group ofFour(int strangers) {
    var founded = List.of(new Item(0, Members.of(0, 1, 2, 3)));
    var servers = new ArrayList<>(Collections.nCopies(4, new Server(0, false, founded)));
    servers.addAll(Collections.nCopies(strangers, new Server(0, false, List.of())));
    return new Group(List.copyOf(servers), founded, false);
  }

  /** That server wins the next term, with those votes (§5.2). */
  Group elected(int winner, Members voters, boolean writesFirst) {
    int term = 1;
    for (int server = 0; server < servers.size(); server++) {
      if (voters.has(server)) {
        term = Math.max(term, servers.get(server).term() + 1);
      }
    }
    var after = new ArrayList<>(servers);
    for (int server = 0; server < servers.size(); server++) {
      if (voters.has(server)) {
        after.set(server, new Server(term, server == winner, servers.get(server).log()));
      }
    }
    var group = new Group(List.copyOf(after), committed, contradicted);
    return writesFirst
        ? group.appended(winner, Item.membersAfter(servers.get(winner).log()))
        : group;
  }

  /** That leader writes an entry after which these are the members. */
  Group appended(int leader, Members members) {
    var before = servers.get(leader);
    var log = new ArrayList<>(before.log());
    log.add(new Item(before.term(), members));
    return with(leader, new Server(before.term(), true, List.copyOf(log))).counted(leader);
  }

  /** That leader's whole log gets to that server (§5.3). */
  Group replicated(int leader, int follower) {
    var from = servers.get(leader);
    return with(follower, new Server(from.term(), false, from.log())).counted(leader);
  }

  /** The leader commits the last entry of its own term that a majority has (§5.4.2). */
  private Group counted(int leader) {
    var from = servers.get(leader);
    for (int size = from.log().size(); size > 0; size--) {
      var prefix = from.log().subList(0, size);
      if (prefix.get(size - 1).term() == from.term()
          && holders(prefix).isMajorityOf(Item.membersAfter(from.log()))) {
        return committing(List.copyOf(prefix));
      }
    }
    return this;
  }

  private Members holders(List<Item> prefix) {
    var holders = Members.of();
    for (int server = 0; server < servers.size(); server++) {
      if (Item.isPrefix(prefix, servers.get(server).log())) {
        holders = holders.with(server);
      }
    }
    return holders;
  }

  private Group committing(List<Item> log) {
    if (Item.isPrefix(log, committed)) {
      return this;
    }
    return new Group(servers, log, contradicted || !Item.isPrefix(committed, log));
  }

  private Group with(int server, Server after) {
    var all = new ArrayList<>(servers);
    all.set(server, after);
    return new Group(List.copyOf(all), committed, contradicted);
  }
}
