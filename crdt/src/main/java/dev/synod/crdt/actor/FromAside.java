package dev.synod.crdt.actor;

import dev.synod.crdt.protocol.ToReplicator;

/** What another thread has done for a replica, which may be gone by then. */
sealed interface FromAside extends ToReplicator permits LargeReading.Read, LargeAnswers.Made {}
