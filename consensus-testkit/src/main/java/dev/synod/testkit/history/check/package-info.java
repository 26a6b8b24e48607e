/**
 * Whether a history is right, and how right: linearizable, sequential, causal, or less.
 *
 * <p>Start with {@link dev.synod.testkit.history.check.LinearizabilityChecker}; {@link
 * dev.synod.testkit.history.check.ConsistencyClassifier} places a history on the whole ladder, and
 * {@link dev.synod.testkit.history.check.SessionChecker} names the promises to a single client that
 * were broken. Every check answers with a {@link dev.synod.testkit.history.check.Verdict} of three
 * values: it holds, it is broken (and here is why), or the bounds were too small to tell, which is
 * never a pass.
 *
 * <p>All checks are pure and give the same answer each time, witness included.
 */
@NullMarked
package dev.synod.testkit.history.check;

import org.jspecify.annotations.NullMarked;
