package dev.synod.testkit.lab.quorum;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which nodes keep a key: keys and nodes are hashed onto one ring, and a key belongs to whoever
 * comes next (Karger et al.: "Consistent Hashing and Random Trees", 1997, §4). Each node is at
 * several places, so that each has about as much as any other, and what one leaves goes to all
 * others (DeCandia et al., Dynamo, 2007, §4.2). Immutable.
 */
final class Ring {

  private final NavigableMap<Long, String> places;

  private Ring(NavigableMap<Long, String> places) {
    this.places = Collections.unmodifiableNavigableMap(places);
  }

  /**
   * These nodes.
   *
   * @param placesEach how many virtual nodes each of them is
   */
  static Ring of(List<String> nodes, int placesEach) {
    var ring = new Ring(new TreeMap<>());
    for (var node : nodes) {
      ring = ring.with(node, placesEach);
    }
    return ring;
  }

  Ring with(String node, int placesHere) {
    var more = new TreeMap<>(places);
    for (int place = 0; place < placesHere; place++) {
      more.put(hash(node + "#" + place), node);
    }
    return new Ring(more);
  }

  Ring without(String node) {
    var left = new TreeMap<>(places);
    left.values().removeIf(node::equals);
    return new Ring(left);
  }

  /**
   * All nodes in the order in which the way round the ring meets them from the key on; the first n
   * are its homes, the next ones stand in for those that do not answer (the preference list, §4.3).
   */
  List<String> preferences(String key) {
    var met = new LinkedHashSet<String>();
    long from = hash(key);
    met.addAll(places.tailMap(from, true).values());
    met.addAll(places.headMap(from, false).values());
    return new ArrayList<>(met);
  }

  /** The key's n homes. */
  List<String> homes(String key, int n) {
    return preferences(key).subList(0, n);
  }

  /** As Dynamo does, by MD5; 64 bits of it. */
  static long hash(String text) {
    try {
      var digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
