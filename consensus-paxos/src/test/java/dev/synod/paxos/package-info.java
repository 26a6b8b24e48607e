/**
 * Tests of the rules that read like the paper: a class a section, a test a sentence.
 *
 * <p>{@code PaxosFixture} has the words; {@code Assembly} plays conversations whose deliveries the
 * test chooses by hand. What no chosen conversation shows, the explorer of consensus-testkit looks
 * for in all of them.
 */
@NullMarked
package dev.synod.paxos;

import org.jspecify.annotations.NullMarked;
