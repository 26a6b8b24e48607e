package dev.synod.ddata;

import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.ORSet;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;

/** Values of Distributed Data, made without any cluster. */
final class Ddata {

  private Ddata() {}

  static SelfUniqueAddress node(int number) {
    return new SelfUniqueAddress(
        new UniqueAddress(new Address("pekko", "old", "n" + number, 7355), (long) number));
  }

  /** Added by nodes in turn, in this order. */
  static ORSet<String> set(String... elements) {
    ORSet<String> set = ORSet.create();
    for (int i = 0; i < elements.length; i++) {
      set = set.add(node(i % 3), elements[i]);
    }
    return set;
  }

  /** A key, its value, a key, and so on. */
  static LWWMap<String, String> map(String... entries) {
    LWWMap<String, String> map = LWWMap.create();
    for (int i = 0; i < entries.length; i += 2) {
      map = map.put(node(i % 3), entries[i], entries[i + 1]);
    }
    return map;
  }
}
