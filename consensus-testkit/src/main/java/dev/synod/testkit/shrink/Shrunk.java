package dev.synod.testkit.shrink;

import dev.synod.testkit.invariant.Violation;

/**
 * A failure made small.
 *
 * @param violation as the scenario breaks it
 * @param runs that it took
 * @param isFinished false if a limit ended it: there may be a smaller one
 */
public record Shrunk(Scenario scenario, Violation violation, int runs, boolean isFinished) {}
