/**
 * One bad link: two servers that don't hear each other, and a third that hears both. In Raft
 * without a pre-vote the leadership goes to and fro for ever, as it did at Cloudflare on 2 November
 * 2020 (Lianza, Snook, "A Byzantine failure in the real world", 2020; Jensen, Howard, Mortier,
 * "Examining Raft's behaviour during partial network failures", 2021).
 */
@NullMarked
package dev.synod.testkit.lab.flaky;

import org.jspecify.annotations.NullMarked;
