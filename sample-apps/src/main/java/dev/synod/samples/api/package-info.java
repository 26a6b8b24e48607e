/**
 * What a demo node says over HTTP, and the client for it. All bodies are JSON objects; an answer to
 * a write or read names its {@code outcome}: {@code ok}, {@code rejected} (certainly not taken),
 * {@code unknown} (may have been taken) or {@code invalid} (never sent on, because the request was
 * wrong).
 *
 * <pre>
 * GET  /api/counter                      value
 * POST /api/counter  {"by": 5}           value
 * GET  /api/chat?after=INDEX             messages
 * POST /api/chat     {"id"?, "author", "text"}   message
 * GET  /api/status                       this node: {@link dev.synod.samples.api.NodeStatus}
 * GET  /api/nodes                        all nodes, as seen from this one
 * GET  /health                           200 if every group has a leader, else 503
 *
 * reads take ?read=linearizable (the default), ?read=lease, ?read=bounded&amp;lag=MILLISECONDS,
 *                 ?read=stale or ?read=at-least&amp;index=N
 * </pre>
 */
@NullMarked
package dev.synod.samples.api;

import org.jspecify.annotations.NullMarked;
