/**
 * What an object should answer: pure step functions, one for each kind of object. A history is
 * checked against one of them. An own one is a class with two methods: {@link
 * dev.synod.testkit.history.model.Model}.
 */
@NullMarked
package dev.synod.testkit.history.model;

import org.jspecify.annotations.NullMarked;
