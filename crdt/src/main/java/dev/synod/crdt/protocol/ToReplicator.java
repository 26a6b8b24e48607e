package dev.synod.crdt.protocol;

/** Whatever the actor of a replica is told: by others, by its own node, by its timers. */
public interface ToReplicator {}
