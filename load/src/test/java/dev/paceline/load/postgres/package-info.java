@NullMarked
package dev.paceline.load.postgres;

import org.jspecify.annotations.NullMarked;
