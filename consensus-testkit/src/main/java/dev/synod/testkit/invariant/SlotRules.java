package dev.synod.testkit.invariant;

import dev.synod.core.Configuration;
import dev.synod.core.Quorum;
import java.util.function.Function;

/**
 * What decides in a group whose log is one of votes in slots.
 *
 * @param accept whose votes are enough, of a group with these members
 * @param alpha slots from the one that a configuration is chosen in to the first that it governs
 */
public record SlotRules(Function<Configuration, Quorum> accept, int alpha) {}
