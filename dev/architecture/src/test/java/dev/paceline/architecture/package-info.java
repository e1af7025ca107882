/// Tests of the dependencies allowed between modules and packages.
@NullMarked
package dev.paceline.architecture;

import org.jspecify.annotations.NullMarked;
