@NullMarked
package dev.synod.actors.watch;

import org.jspecify.annotations.NullMarked;
