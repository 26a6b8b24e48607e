/** The knobs of a node, read from HOCON under {@code synod}, checked on construction. */
@NullMarked
package dev.synod.actors.settings;

import org.jspecify.annotations.NullMarked;
