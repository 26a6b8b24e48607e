package dev.synod.testkit.lab.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A set of servers, numbered from 0. */
record Members(int bits) {

  static Members of(int... servers) {
    return new Members(IntStream.of(servers).map(server -> 1 << server).sum());
  }

  boolean has(int server) {
    return (bits >> server & 1) == 1;
  }

  int size() {
    return Integer.bitCount(bits);
  }

  Members with(int server) {
    return new Members(bits | 1 << server);
  }

  /** With that server if it was out, without it if it was in: a change by a single server. */
  Members changedBy(int server) {
    return new Members(bits ^ 1 << server);
  }

  boolean isMajorityOf(Members all) {
    return 2 * Integer.bitCount(bits & all.bits) > all.size();
  }

  /** The smallest majorities of these in which that server is, and only such as are in some set. */
  List<Members> majorities(int with, Members among) {
    var found = new ArrayList<Members>();
    for (int set = bits; set > 0; set = set - 1 & bits) {
      var some = new Members(set);
      if (some.has(with) && some.size() == size() / 2 + 1 && (set & ~among.bits) == 0) {
        found.add(some);
      }
    }
    return found;
  }

  @Override
  public String toString() {
    return IntStream.range(0, Integer.SIZE)
        .filter(this::has)
        .mapToObj(server -> "S" + (server + 1))
        .collect(Collectors.joining(",", "{", "}"));
  }
}
