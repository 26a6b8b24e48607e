/** Time as actors use it: deadlines that move often and fire rarely. */
@NullMarked
package dev.synod.actors.time;

import org.jspecify.annotations.NullMarked;
