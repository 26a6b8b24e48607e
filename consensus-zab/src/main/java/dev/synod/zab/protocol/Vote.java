package dev.synod.zab.protocol;

import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.core.Term;

/**
 * Whom a server wants as leader, and what that one has (Medeiros §4.1).
 *
 * @param leader the wanted one
 * @param epoch its {@code currentEpoch}
 * @param last where its history ends
 */
public record Vote(StoreId leader, Term epoch, LogPosition last) {}
