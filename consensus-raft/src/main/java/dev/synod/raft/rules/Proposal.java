package dev.synod.raft.rules;

import dev.synod.core.Bytes;
import dev.synod.core.EntryKind;

/** What shall become an entry; the leader gives it a place. */
public record Proposal(EntryKind kind, Bytes payload) {}
