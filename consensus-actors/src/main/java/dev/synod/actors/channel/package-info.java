/**
 * A way between nodes with fewer hand-overs than Pekko's remoting: one connection to each other
 * node, messages laid straight into the connection's buffer by the sending actor, and told straight
 * to the receiving actor by the thread that read them. Nodes meet over Pekko's remoting, which also
 * carries everything while there is no connection.
 */
@NullMarked
package dev.synod.actors.channel;

import org.jspecify.annotations.NullMarked;
