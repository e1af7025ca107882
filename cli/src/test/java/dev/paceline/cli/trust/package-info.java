@NullMarked
package dev.paceline.cli.trust;

import org.jspecify.annotations.NullMarked;
