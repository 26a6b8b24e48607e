package dev.synod.paxos.rules.multi;

import dev.synod.core.Bytes;
import dev.synod.core.EntryKind;

/** What a client, or the proposer itself, wants in a slot, whichever. */
public record SlotProposal(EntryKind kind, Bytes payload) {}
