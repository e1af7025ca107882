/// Shared by the tests of several modules: AWS on loopback. Start at
/// [dev.paceline.testing.AwsOnLoopback].
@NullMarked
package dev.paceline.testing;

import org.jspecify.annotations.NullMarked;
