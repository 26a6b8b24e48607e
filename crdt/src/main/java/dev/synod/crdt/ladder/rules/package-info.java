/**
 * The rules of the ladder, pure: those of the group, {@link
 * dev.synod.crdt.ladder.rules.LadderState}, and those of a node, {@link
 * dev.synod.crdt.ladder.rules.LadderNode}. Both go by {@link dev.synod.crdt.ladder.rules.Rungs}:
 * the group changes them, and nodes repeat what they hear that it did.
 */
@NullMarked
package dev.synod.crdt.ladder.rules;

import org.jspecify.annotations.NullMarked;
