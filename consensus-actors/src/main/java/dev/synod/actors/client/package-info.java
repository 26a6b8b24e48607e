/** The caller's side: sessions, request numbers, retries, and the search for the leader. */
@NullMarked
package dev.synod.actors.client;

import org.jspecify.annotations.NullMarked;
