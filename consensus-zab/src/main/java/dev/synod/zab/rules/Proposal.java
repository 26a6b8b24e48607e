package dev.synod.zab.rules;

import dev.synod.core.Bytes;
import dev.synod.core.EntryKind;

/** What is to be broadcast, before it has a zxid. */
public record Proposal(EntryKind kind, Bytes payload) {}
