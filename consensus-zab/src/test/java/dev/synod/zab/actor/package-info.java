/** The actors' own tests: bytes and settings. */
@NullMarked
package dev.synod.zab.actor;

import org.jspecify.annotations.NullMarked;
