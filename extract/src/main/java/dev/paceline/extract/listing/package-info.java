/// Reads the records of a stream page by page. Start at [dev.paceline.extract.listing.Listing].
@NullMarked
package dev.paceline.extract.listing;

import org.jspecify.annotations.NullMarked;
