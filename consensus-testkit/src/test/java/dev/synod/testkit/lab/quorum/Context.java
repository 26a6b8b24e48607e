package dev.synod.testkit.lab.quorum;

import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.VersionVector;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client has read, which it sends along when it writes (Dynamo, 2007, §4.4): the write
 * replaces that, and nothing else.
 *
 * @param last the last event of each replica
 */
record Context(List<Dot> last) {

  /** Of a client that has read nothing. */
  static final Context NOTHING = new Context(List.of());

  static Context of(VersionVector vector) {
    var last = new ArrayList<Dot>();
    vector.forEach((replica, counter) -> last.add(new Dot(replica, counter)));
    return new Context(last);
  }

  /** Of a client that was told all these siblings of a replica, or of some together. */
  static Context of(List<Sibling> siblings) {
    return of(
        siblings.stream()
            .map(sibling -> sibling.clock().covered())
            .reduce(VersionVector.EMPTY, VersionVector::merge));
  }

  VersionVector vector() {
    return last.stream().reduce(VersionVector.EMPTY, VersionVector::with, VersionVector::merge);
  }
}
