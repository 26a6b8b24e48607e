package dev.synod.crdt.clock;

import java.util.ArrayList;
import java.util.List;

/**
 * The clock of one version of a value: the event that wrote it, and what its writer had seen. The
 * event stands apart from the past, so that a server can tell two clients' writes from each other,
 * although it stamps both: that is what plain version vectors with servers as replicas cannot do,
 * and those with clients as replicas pay for with one entry for each client (Preguiça et al. 2010,
 * §4).
 *
 * @param dot the event that wrote the version
 * @param past what the writer had seen; never that event itself
 */
public record DottedVersionVector(Dot dot, VersionVector past) {

  public DottedVersionVector {
    if (past.contains(dot)) {
      throw new IllegalArgumentException("%s was seen before it was: %s".formatted(dot, past));
    }
  }

  /** Whether the writer of this version had seen the other one. */
  public boolean replaces(DottedVersionVector other) {
    return past.contains(other.dot);
  }

  public Causality compare(DottedVersionVector other) {
    if (dot.equals(other.dot)) {
      return Causality.EQUAL;
    }
    if (replaces(other)) {
      return Causality.AFTER;
    }
    return other.replaces(this) ? Causality.BEFORE : Causality.CONCURRENT;
  }

  /** All that this version knows: its past and itself, the gap between the two included. */
  public VersionVector covered() {
    return past.with(dot);
  }

  /**
   * The clock of a new version (the paper's <em>update</em>).
   *
   * @param stored the versions that the server keeps of this value
   * @param seen what the client had read, empty if nothing
   * @param server the one that takes the write; its counters of this value come from {@code stored}
   *     and {@code seen}
   */
  public static DottedVersionVector next(
      List<DottedVersionVector> stored, VersionVector seen, ReplicaId server) {
    long last = seen.get(server);
    for (var version : stored) {
      last = Math.max(last, version.covered().get(server));
    }
    return new DottedVersionVector(new Dot(server, last + 1), seen);
  }

  /**
   * What is left of the versions of two servers: those that no other replaces (the paper's
   * <em>sync</em>). In their order, each once.
   */
  public static List<DottedVersionVector> sync(
      List<DottedVersionVector> some, List<DottedVersionVector> others) {
    var all = new ArrayList<>(some);
    others.stream().filter(version -> !all.contains(version)).forEach(all::add);
    return all.stream()
        .filter(version -> all.stream().noneMatch(other -> other.replaces(version)))
        .toList();
  }
}
