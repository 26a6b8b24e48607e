package dev.synod.core;

/**
 * Why a change of membership does not begin.
 *
 * @param passes whether the same request may be taken a little later
 * @param text for a person
 */
public record Objection(boolean passes, String text) {}
