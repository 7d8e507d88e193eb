refusals.visit = (ask) => ask.visit && ask.visit != (weeks > 0 ? "back" : "first");
