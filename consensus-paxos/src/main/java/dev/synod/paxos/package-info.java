/**
 * Paxos (Lamport, "Paxos Made Simple", 2001). So far its three roles, for one decision or one
 * register at a time, and their settings; how a group is hosted on them is to come.
 */
@NullMarked
package dev.synod.paxos;

import org.jspecify.annotations.NullMarked;
