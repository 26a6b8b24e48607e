/**
 * The demo: starts each node as a JVM of its own, watches them, and ends them. {@link
 * dev.synod.samples.demo.Demo} is the door; {@link dev.synod.samples.demo.DemoFile} is how other
 * commands find a demo that runs.
 */
@NullMarked
package dev.synod.samples.demo;

import org.jspecify.annotations.NullMarked;
