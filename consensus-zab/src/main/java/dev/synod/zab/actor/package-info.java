/**
 * How actors drive the rules: one behaviour per role, one shell for all of them, and the bytes of
 * the messages.
 */
@NullMarked
package dev.synod.zab.actor;

import org.jspecify.annotations.NullMarked;
