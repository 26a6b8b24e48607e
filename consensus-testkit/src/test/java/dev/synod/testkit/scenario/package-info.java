/**
 * What is known to go wrong, from the histories of other systems: each as a test of the actors that
 * ship. Where one decision of one server is all there is to it, the test is one of the rules, in
 * {@code consensus-raft}; {@code docs/guide/scenarios.md} lists both.
 */
@NullMarked
package dev.synod.testkit.scenario;

import org.jspecify.annotations.NullMarked;
