/**
 * Tests of the rules that read like the paper: a class a section, a test a sentence.
 *
 * <p>{@code RaftFixture} has the words; {@code Cluster} plays conversations whose deliveries the
 * test chooses by hand; {@code Promises} looks at every step of both.
 */
@NullMarked
package dev.synod.raft;

import org.jspecify.annotations.NullMarked;
