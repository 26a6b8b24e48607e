package dev.synod.testkit.picture;

import dev.synod.testkit.invariant.Change;

/** A change and its virtual time in nanoseconds. */
record Moment(long at, Change change) {}
