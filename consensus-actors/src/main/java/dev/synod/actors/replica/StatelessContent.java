package dev.synod.actors.replica;

import dev.synod.core.Configuration;
import dev.synod.core.LogPosition;

/** What a witness's snapshot holds. */
record StatelessContent(LogPosition position, Configuration configuration) implements Captured {}
