/**
 * One node of the demo as a process of its own: {@link dev.synod.samples.node.NodeMain} starts
 * Pekko, the two groups, and the web server with the page, the JSON API and the web socket.
 * Everything binds to the loopback address only.
 */
@NullMarked
package dev.synod.samples.node;

import org.jspecify.annotations.NullMarked;
