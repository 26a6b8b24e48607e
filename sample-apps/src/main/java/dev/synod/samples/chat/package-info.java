/**
 * A chat room as a replicated state machine: {@link dev.synod.samples.chat.Chat} is the machine,
 * {@link dev.synod.samples.chat.ChatText} says what people may write before it becomes a command.
 */
@NullMarked
package dev.synod.samples.chat;

import org.jspecify.annotations.NullMarked;
