package dev.synod.testkit;

import java.util.List;

/**
 * What a protocol does with so many replicas.
 *
 * @param messages between replicas for a write, one write at a time
 * @param kinds which of them, and how many of each
 * @param messagesTogether for a write, of many under way at a time
 * @param forces of all disks for a write, one write at a time
 * @param forcesTogether for a write, of many under way at a time
 * @param roundTrips of the network until a client at the leader has its answer
 * @param roundTripsElsewhere the same for a client at another replica
 * @param roundTripsToAll until all replicas have applied it
 * @param slowDiskMillis until a client has its answer if each force of the leader's disk takes
 *     {@link ComparedGroup#SLOW}, and nothing else takes any time
 * @param failOverMillis from a leader's crash until a write from elsewhere has its answer, of each
 *     seed, the shortest first; none where nobody is left to lead
 */
record Compared(
    double messages,
    String kinds,
    double messagesTogether,
    double forces,
    double forcesTogether,
    double roundTrips,
    double roundTripsElsewhere,
    double roundTripsToAll,
    double slowDiskMillis,
    List<Long> failOverMillis) {}
