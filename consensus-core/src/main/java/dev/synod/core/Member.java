package dev.synod.core;

/** A replica of a group: its identity, and where it was last known to be. */
public record Member(StoreId store, NodeAddress node) {}
