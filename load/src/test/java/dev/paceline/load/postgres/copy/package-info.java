@NullMarked
package dev.paceline.load.postgres.copy;

import org.jspecify.annotations.NullMarked;
