/** Messages that all get in one order. */
@NullMarked
package dev.synod.actors.topic;

import org.jspecify.annotations.NullMarked;
