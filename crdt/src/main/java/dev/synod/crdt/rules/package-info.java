/**
 * How a replica keeps values by key equal to those of others: what it sends, merges and asks for.
 * Pure: a {@link dev.synod.crdt.rules.Replication} and an input give the next one and effects, in
 * their order. No type of value is known here by name; a {@link dev.synod.crdt.rules.Family} says
 * which keys have which.
 */
@NullMarked
package dev.synod.crdt.rules;

import org.jspecify.annotations.NullMarked;
