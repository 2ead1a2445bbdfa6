"""Not identifying anybody: finding identifiers, treating values and weighing risk, as pure functions over text and columns."""
