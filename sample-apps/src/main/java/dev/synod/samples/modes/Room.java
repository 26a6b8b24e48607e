package dev.synod.samples.modes;

import dev.synod.crdt.GSet;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.wire.PlainCodecs;
import java.util.Comparator;
import java.util.List;

/** A chat room as replicated data: a set of lines, which are ordered by their ids. */
final class Room {

  static final Family<GSet<Line>> ROOMS =
      new Family<>("room/", PlainCodecs.gSet(Line.CODEC), GSet.empty());

  private Room() {}

  /**
   * The next id at that node: of the numbers that leave the node's own remainder, the least above
   * all that it has seen. So no two nodes give one id, and an answer's is above its question's.
   *
   * @param node its number
   * @param nodes how many there are
   */
  static long nextId(GSet<Line> room, int node, int nodes) {
    long highest = room.elements().stream().mapToLong(Line::id).max().orElse(0);
    return highest + 1 + Math.floorMod(node - (highest + 1), (long) nodes);
  }

  /** The number of the node of that name: 1 for n1. */
  static int number(String node) {
    return Integer.parseInt(node.substring(1));
  }

  /** All lines, answers after their questions. */
  static List<Line> lines(GSet<Line> room) {
    return room.elements().stream().sorted(Comparator.comparingLong(Line::id)).toList();
  }

  /** The lines that answer what is not there. */
  static List<Line> withoutQuestion(GSet<Line> room) {
    var ids = room.elements().stream().map(Line::id).toList();
    return lines(room).stream()
        .filter(line -> line.parent() != 0 && !ids.contains(line.parent()))
        .toList();
  }
}
