/** Whether a node is fit to serve, for Pekko Management and whoever else asks. */
@NullMarked
package dev.synod.actors.health;

import org.jspecify.annotations.NullMarked;
